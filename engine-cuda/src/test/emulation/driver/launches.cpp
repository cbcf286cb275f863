// The driver's functions that launch kernels.
#include <algorithm>
#include <cstring>
#include <memory>
#include <set>

#include "../runtime/scheduler.h"
#include "call.h"
#include "handles.h"
#include "memory.h"

using namespace levin::emulation;

namespace {

constexpr int threadsOfMultiprocessor = 2048;
constexpr int blocksOfMultiprocessor = 32;
constexpr int sharedOfMultiprocessor = 164 * 1024;
constexpr int sharedPerBlock = 1024;

// A launch with its own copy of the arguments, which the caller's need not outlive.
class OwnedLaunch {
 public:
  OwnedLaunch(Launch launch, void** arguments) : launch_(launch) {
    bytes_.resize(launch.kernel->parameters.size());
    for (std::size_t index = 0; index < bytes_.size(); index++) {
      // Room for, and the alignment of, every type that a parameter has.
      bytes_[index].resize(std::max<std::size_t>(1, (launch.kernel->parameters[index].size + 15) / 16));
      std::memcpy(bytes_[index].data(), arguments[index], launch.kernel->parameters[index].size);
      pointers_.push_back(bytes_[index].data());
    }
  }

  void run() const {
    std::set<const Allocation*> allocations;
    for (std::size_t index = 0; index < pointers_.size(); index++) {
      if (launch_.kernel->parameters[index].pointer) {
        addAllocation(index, allocations);
      }
    }
    Launch launch = launch_;
    launch.arguments = pointers_.data();
    launch.seed = driverRandom().next();
    Outcome outcome = levin::emulation::run(launch);
    for (const Allocation* const allocation : allocations) {
      const std::string damage = memory().damage(*allocation);
      if (!damage.empty() && outcome.kind == Outcome::done) {
        outcome = {Outcome::illegalAddress, damage + " by kernel " + launch.kernel->name, nullptr};
      }
    }
    if (outcome.kind != Outcome::done) {
      end(outcome);
    }
  }

 private:
  struct alignas(16) Unit {
    unsigned char bytes[16];
  };

  void addAllocation(std::size_t index, std::set<const Allocation*>& allocations) const {
    DevicePointer address;
    std::memcpy(&address, pointers_[index], sizeof address);
    if (address == 0) {
      // A kernel may have arguments that are not there; it faults if it uses one.
      return;
    }
    const Allocation* const allocation = memory().find(address);
    if (allocation == nullptr) {
      end({Outcome::illegalAddress, "argument " + std::to_string(index) + " of kernel " + launch_.kernel->name + " is no living pointer: "
               + memory().described(reinterpret_cast<void*>(address)), nullptr});
    }
    allocations.insert(allocation);
  }

  [[noreturn]] static void end(const Outcome& outcome) {
    const Result result = outcome.kind == Outcome::illegalAddress ? illegalAddress : launchFailed;
    poisonContext(result);
    const std::string place = outcome.address == nullptr ? "" : " (" + memory().described(outcome.address) + ")";
    throw Failure{result, outcome.message + place};
  }

  Launch launch_;
  std::vector<std::vector<Unit>> bytes_;
  std::vector<void*> pointers_;
};

int blocksPerMultiprocessor(const Function& function, int threads, std::size_t dynamicBytes) {
  const int roundedThreads = (threads + 31) / 32 * 32;
  const int shared = static_cast<int>(dynamicBytes + function.staticSharedBytes) + sharedPerBlock;
  return std::min({threadsOfMultiprocessor / roundedThreads, blocksOfMultiprocessor, sharedOfMultiprocessor / shared});
}

void launch(void* handle, unsigned blocksX, unsigned blocksY, unsigned blocksZ, unsigned threadsX, unsigned threadsY, unsigned threadsZ,
    unsigned dynamicBytes, void* streamHandle, void** arguments, bool cooperative) {
  const Function& function = functionOf(handle);
  const std::string name = "kernel " + function.kernel->name;
  if (blocksX == 0 || blocksY == 0 || threadsX == 0 || blocksX > 0x7fffffffu || blocksY > 65535 || threadsX > 1024) {
    throw Failure{invalidValue, name + " with " + std::to_string(blocksX) + " x " + std::to_string(blocksY) + " blocks of "
                                    + std::to_string(threadsX) + " threads"};
  }
  if (blocksZ != 1 || threadsY != 1 || threadsZ != 1) {
    throw Failure{notSupported, name + ": blocks of one dimension and grids of two are emulated"};
  }
  if (threadsX > static_cast<unsigned>(function.kernel->maximumThreads)) {
    throw Failure{launchOutOfResources, name + " with " + std::to_string(threadsX) + " threads, more than its launch bounds"};
  }
  if (dynamicBytes > static_cast<unsigned>(function.maximumDynamicShared) || dynamicBytes + function.staticSharedBytes > maximumShared
      || (function.maximumDynamicShared <= defaultDynamicShared && dynamicBytes + function.staticSharedBytes > defaultDynamicShared)) {
    throw Failure{invalidValue, name + " with " + std::to_string(dynamicBytes)
                                    + " bytes of dynamic shared memory, more than its attribute allows"};
  }
  if (arguments == nullptr && !function.kernel->parameters.empty()) {
    throw Failure{invalidValue, name + " without arguments"};
  }
  const std::size_t blocks = static_cast<std::size_t>(blocksX) * blocksY;
  const int resident = blocksPerMultiprocessor(function, static_cast<int>(threadsX), dynamicBytes) * settings().multiprocessors;
  if (cooperative && settings().cooperative == 0) {
    throw Failure{notSupported, name + ": blocks may not wait for each other on this device"};
  }
  if (cooperative && blocks > static_cast<std::size_t>(resident)) {
    throw Failure{cooperativeLaunchTooLarge,
                  name + " with " + std::to_string(blocks) + " blocks, of which " + std::to_string(resident) + " fit"};
  }
  const auto owned = std::make_shared<const OwnedLaunch>(
      Launch{function.kernel, nullptr, static_cast<int>(blocksX), static_cast<int>(blocksY), static_cast<int>(threadsX), dynamicBytes,
             cooperative, 0},
      arguments);
  enqueue(streamOf(streamHandle), {nullptr, [owned] { owned->run(); }});
}

}  // namespace

DRIVER int cuLaunchKernel(void* function, unsigned blocksX, unsigned blocksY, unsigned blocksZ, unsigned threadsX, unsigned threadsY,
    unsigned threadsZ, unsigned sharedBytes, void* stream, void** arguments, void** extra) {
  return call("cuLaunchKernel", Needs::context, [&] {
    if (extra != nullptr) {
      throw Failure{notSupported, "arguments as one buffer are not emulated"};
    }
    launch(function, blocksX, blocksY, blocksZ, threadsX, threadsY, threadsZ, sharedBytes, stream, arguments, false);
  });
}

DRIVER int cuLaunchCooperativeKernel(void* function, unsigned blocksX, unsigned blocksY, unsigned blocksZ, unsigned threadsX,
    unsigned threadsY, unsigned threadsZ, unsigned sharedBytes, void* stream, void** arguments) {
  return call("cuLaunchCooperativeKernel", Needs::context, [&] {
    launch(function, blocksX, blocksY, blocksZ, threadsX, threadsY, threadsZ, sharedBytes, stream, arguments, true);
  });
}

DRIVER int cuOccupancyMaxActiveBlocksPerMultiprocessor(int* blocks, void* function, int threads, std::size_t dynamicBytes) {
  return call("cuOccupancyMaxActiveBlocksPerMultiprocessor", Needs::context, [&] {
    if (threads < 1) {
      throw Failure{invalidValue, "a block without threads"};
    }
    const Function& asked = functionOf(function);
    *blocks = threads > asked.kernel->maximumThreads ? 0 : blocksPerMultiprocessor(asked, threads, dynamicBytes);
  });
}

// The driver's functions for modules and functions.
#include <cstring>

#include "call.h"
#include "handles.h"

using namespace levin::emulation;

namespace {

constexpr int attributeMaximumThreads = 0;
constexpr int attributeSharedBytes = 1;
constexpr int attributeRegisters = 4;
constexpr int attributePtxVersion = 5;
constexpr int attributeBinaryVersion = 6;
constexpr int attributeMaximumDynamicShared = 8;

// The emulated kernel that stands for an entry of the PTX; both must have come from the same source.
const Kernel& kernelFor(const std::string& name, const PtxEntry& entry) {
  const Kernel* const kernel = findKernel(name);
  if (kernel == nullptr) {
    throw Failure{invalidPtx, "kernel " + name + " of the PTX is not compiled into the emulation"};
  }
  bool same = entry.parameterSizes.size() == kernel->parameters.size();
  for (std::size_t index = 0; same && index < kernel->parameters.size(); index++) {
    same = entry.parameterSizes[index] == kernel->parameters[index].size;
  }
  if (!same) {
    throw Failure{invalidPtx, "kernel " + name + " has other parameters in the PTX than in the emulation: one of them is stale"};
  }
  return *kernel;
}

void load(void** handle, const void* image) {
  auto module = std::make_unique<Module>();
  module->ptx = readPtx(static_cast<const char*>(image));
  if (neededDriver(module->ptx.version) > settings().driverVersion) {
    throw Failure{unsupportedPtxVersion, ""};
  }
  if (module->ptx.target > settings().capability) {
    throw Failure{invalidPtx, ""};
  }
  for (const auto& [name, entry] : module->ptx.entries) {
    module->functions.push_back(std::make_unique<Function>(Function{&kernelFor(name, entry), entry.sharedBytes}));
  }
  *handle = modules().add(std::move(module));
}

}  // namespace

DRIVER int cuModuleLoadData(void** module, const void* image) {
  return call("cuModuleLoadData", Needs::context, [&] { load(module, image); });
}

DRIVER int cuModuleLoadDataEx(void** module, const void* image, unsigned, int*, void**) {
  return call("cuModuleLoadDataEx", Needs::context, [&] { load(module, image); });
}

DRIVER int cuModuleUnload(void* module) {
  return call("cuModuleUnload", Needs::context, [&] {
    modules().require(module);
    finishAll();
    modules().remove(module);
  });
}

DRIVER int cuModuleGetFunction(void** function, void* module, const char* name) {
  return call("cuModuleGetFunction", Needs::context, [&] {
    for (const auto& candidate : modules().require(module).functions) {
      if (candidate->kernel->name == name) {
        *function = candidate.get();
        return;
      }
    }
    throw Failure{notFound, ""};
  });
}

DRIVER int cuFuncSetAttribute(void* handle, int attribute, int value) {
  return call("cuFuncSetAttribute", Needs::context, [&] {
    Function& function = functionOf(handle);
    if (attribute == attributeMaximumDynamicShared) {
      if (value < 0 || value + static_cast<int>(function.staticSharedBytes) > maximumShared) {
        throw Failure{invalidValue, "more shared memory than a block can have: " + std::to_string(value)};
      }
      function.maximumDynamicShared = value;
    }
  });
}

DRIVER int cuFuncSetCacheConfig(void* handle, int) {
  return call("cuFuncSetCacheConfig", Needs::context, [&] { functionOf(handle); });
}

DRIVER int cuFuncGetAttribute(int* value, int attribute, void* handle) {
  return call("cuFuncGetAttribute", Needs::context, [&] {
    const Function& function = functionOf(handle);
    switch (attribute) {
      case attributeMaximumThreads: *value = function.kernel->maximumThreads; break;
      case attributeSharedBytes: *value = static_cast<int>(function.staticSharedBytes); break;
      case attributeRegisters: *value = 32; break;
      case attributePtxVersion: case attributeBinaryVersion: *value = settings().capability; break;
      case attributeMaximumDynamicShared: *value = function.maximumDynamicShared; break;
      default: *value = 0; break;
    }
  });
}

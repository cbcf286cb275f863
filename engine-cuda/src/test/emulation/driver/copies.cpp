// The driver's functions that allocate, copy and fill memory.
#include <algorithm>
#include <cstring>
#include <memory>
#include <vector>

#include "call.h"
#include "handles.h"
#include "memory.h"

using namespace levin::emulation;

namespace {

void* pointer(DevicePointer address) { return reinterpret_cast<void*>(address); }

// Memory of the process that the driver did not pin is read at the call, as a GPU's driver does, since it may move or go away.
Operation copyFromHost(DevicePointer to, const void* from, std::size_t size, bool captured) {
  memory().require(to, size, "copy to the device");
  if (memory().contains(from)) {
    memory().require(reinterpret_cast<DevicePointer>(from), size, "copy from the host");
    return {nullptr, [=] {
      memory().require(to, size, "copy to the device");
      memory().require(reinterpret_cast<DevicePointer>(from), size, "copy from the host");
      std::memcpy(pointer(to), from, size);
    }};
  }
  if (captured) {
    throw Failure{streamCaptureUnsupported, "a graph would read host memory that is not pinned, and may be gone by then"};
  }
  const unsigned char* const begin = static_cast<const unsigned char*>(from);
  const auto bytes = std::make_shared<std::vector<unsigned char>>(begin, begin + size);
  return {nullptr, [=] {
    memory().require(to, size, "copy to the device");
    std::copy(bytes->begin(), bytes->end(), static_cast<unsigned char*>(pointer(to)));  // of no bytes, too
  }};
}

Operation copyToHost(void* to, DevicePointer from, std::size_t size) {
  memory().require(from, size, "copy from the device");
  return {nullptr, [=] {
    memory().require(from, size, "copy from the device");
    std::memcpy(to, pointer(from), size);
  }};
}

Operation copyWithin(DevicePointer to, DevicePointer from, std::size_t size) {
  const auto check = [=] {
    memory().require(to, size, "copy to the device");
    memory().require(from, size, "copy from the device");
  };
  check();
  return {nullptr, [=] {
    check();
    std::memmove(pointer(to), pointer(from), size);
  }};
}

template <typename T>
Operation fill(DevicePointer to, T value, std::size_t count) {
  if (to % sizeof(T) != 0) {
    throw Failure{invalidValue, "a fill of elements at an address that is no multiple of their size"};
  }
  memory().require(to, count * sizeof(T), "fill");
  return {nullptr, [=] {
    memory().require(to, count * sizeof(T), "fill");
    T* const elements = static_cast<T*>(pointer(to));
    std::fill(elements, elements + count, value);
  }};
}

// An asynchronous function of a stream: makes the operation, then enqueues it.
template <typename Make>
int asynchronous(const char* function, void* handle, Make make) {
  return call(function, Needs::context, [&] {
    Stream* const stream = streamOf(handle);
    enqueue(stream, make(stream != nullptr && stream->capture != nullptr));
  });
}

// A synchronous function: it uses the default stream, and is done when it returns.
template <typename Make>
int synchronous(const char* function, Make make) {
  return call(function, Needs::context, [&] {
    refuseDuringCapture(function);
    enqueue(nullptr, make());
  });
}

}  // namespace

DRIVER int cuMemAlloc_v2(DevicePointer* begin, std::size_t size) {
  return call("cuMemAlloc_v2", Needs::context, [&] {
    refuseDuringCapture("cuMemAlloc");
    *begin = memory().allocate(size, false, settings().memory);
  });
}

DRIVER int cuMemFree_v2(DevicePointer begin) {
  return call("cuMemFree_v2", Needs::context, [&] {
    if (begin != 0) {
      refuseDuringCapture("cuMemFree");
      finishAll();
      memory().free(begin, false);
    }
  });
}

DRIVER int cuMemAllocHost_v2(void** begin, std::size_t size) {
  return call("cuMemAllocHost_v2", Needs::context, [&] { *begin = pointer(memory().allocate(size, true, 0)); });
}

DRIVER int cuMemHostAlloc(void** begin, std::size_t size, unsigned) {
  return call("cuMemHostAlloc", Needs::context, [&] { *begin = pointer(memory().allocate(size, true, 0)); });
}

DRIVER int cuMemFreeHost(void* begin) {
  return call("cuMemFreeHost", Needs::context, [&] {
    refuseDuringCapture("cuMemFreeHost");
    finishAll();
    memory().free(reinterpret_cast<DevicePointer>(begin), true);
  });
}

DRIVER int cuMemGetInfo_v2(std::size_t* free, std::size_t* total) {
  return call("cuMemGetInfo_v2", Needs::context, [&] {
    *total = settings().memory;
    *free = settings().memory - memory().used();
  });
}

DRIVER int cuMemcpyHtoD_v2(DevicePointer to, const void* from, std::size_t size) {
  return synchronous("cuMemcpyHtoD_v2", [&] { return copyFromHost(to, from, size, false); });
}

DRIVER int cuMemcpyDtoH_v2(void* to, DevicePointer from, std::size_t size) {
  return synchronous("cuMemcpyDtoH_v2", [&] { return copyToHost(to, from, size); });
}

DRIVER int cuMemcpyDtoD_v2(DevicePointer to, DevicePointer from, std::size_t size) {
  return synchronous("cuMemcpyDtoD_v2", [&] { return copyWithin(to, from, size); });
}

DRIVER int cuMemsetD8_v2(DevicePointer to, unsigned char value, std::size_t count) {
  return synchronous("cuMemsetD8_v2", [&] { return fill<std::uint8_t>(to, value, count); });
}

DRIVER int cuMemsetD32_v2(DevicePointer to, unsigned value, std::size_t count) {
  return synchronous("cuMemsetD32_v2", [&] { return fill<std::uint32_t>(to, value, count); });
}

DRIVER int cuMemcpyHtoDAsync_v2(DevicePointer to, const void* from, std::size_t size, void* stream) {
  return asynchronous("cuMemcpyHtoDAsync_v2", stream, [&](bool captured) { return copyFromHost(to, from, size, captured); });
}

DRIVER int cuMemcpyDtoHAsync_v2(void* to, DevicePointer from, std::size_t size, void* handle) {
  return call("cuMemcpyDtoHAsync_v2", Needs::context, [&] {
    Stream* const stream = streamOf(handle);
    const bool pinned = memory().contains(to);
    if (pinned) {
      memory().require(reinterpret_cast<DevicePointer>(to), size, "copy to the host");
    } else if (stream != nullptr && stream->capture != nullptr) {
      throw Failure{streamCaptureUnsupported, "a graph would write host memory that is not pinned, and may be gone by then"};
    }
    enqueue(stream, copyToHost(to, from, size));
    if (!pinned) {
      finish(stream);
    }
  });
}

DRIVER int cuMemcpyDtoDAsync_v2(DevicePointer to, DevicePointer from, std::size_t size, void* stream) {
  return asynchronous("cuMemcpyDtoDAsync_v2", stream, [&](bool) { return copyWithin(to, from, size); });
}

DRIVER int cuMemsetD8Async(DevicePointer to, unsigned char value, std::size_t count, void* stream) {
  return asynchronous("cuMemsetD8Async", stream, [&](bool) { return fill<std::uint8_t>(to, value, count); });
}

DRIVER int cuMemsetD32Async(DevicePointer to, unsigned value, std::size_t count, void* stream) {
  return asynchronous("cuMemsetD32Async", stream, [&](bool) { return fill<std::uint32_t>(to, value, count); });
}

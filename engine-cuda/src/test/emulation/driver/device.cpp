// The driver's functions for initialization, devices and contexts.
#include <cstring>

#include "call.h"
#include "handles.h"
#include "memory.h"

using namespace levin::emulation;

namespace {

void requireDevice(int device) {
  if (device != 0) {
    throw Failure{invalidDevice, "there is only device 0"};
  }
}

// By the numbers of CUdevice_attribute.
int attributeOf(int attribute) {
  switch (attribute) {
    case 1: return 1024;                            // threads in a block
    case 2: case 3: return 1024;                    // block dimensions x, y
    case 4: return 64;                              // block dimension z
    case 5: return 2147483647;                      // grid dimension x
    case 6: case 7: return 65535;                   // grid dimensions y, z
    case 8: return defaultDynamicShared;            // shared memory of a block
    case 9: return 65536;                           // constant memory
    case 10: return 32;                             // warp size
    case 12: case 82: return 65536;                 // registers of a block, of a multiprocessor
    case 13: case 36: return 1000000;               // clock rates, in kHz
    case 15: case 31: case 41: return 1;            // overlap, concurrent kernels, unified addressing
    case 16: return settings().multiprocessors;
    case 20: return settings().computeMode;
    case 38: return 1 << 20;                        // second-level cache
    case 39: return 2048;                           // threads of a multiprocessor
    case 40: return 1;                              // copy engines
    case 75: return settings().capability / 10;
    case 76: return settings().capability % 10;
    case 81: return maximumShared + 1024;           // shared memory of a multiprocessor
    case 95: return settings().cooperative;
    case 97: return maximumShared;                  // shared memory of a block that asks for more
    case 106: return 32;                            // blocks of a multiprocessor
    case 111: return 1024;                          // shared memory that each block costs beyond its own
    default: return 0;                              // whatever else there is, this device does not have
  }
}

}  // namespace

DRIVER int cuInit(unsigned) {
  return call("cuInit", Needs::nothing, [] { initialize(); });
}

// Answers without cuInit, too.
DRIVER int cuDriverGetVersion(int* version) {
  return call("cuDriverGetVersion", Needs::nothing, [&] { *version = settingsOfEnvironment().driverVersion; });
}

DRIVER int cuDeviceGetCount(int* count) {
  return call("cuDeviceGetCount", Needs::driver, [&] { *count = settings().devices; });
}

DRIVER int cuDeviceGet(int* device, int ordinal) {
  return call("cuDeviceGet", Needs::driver, [&] {
    requireDevice(ordinal);
    *device = ordinal;
  });
}

DRIVER int cuDeviceGetName(char* name, int length, int device) {
  return call("cuDeviceGetName", Needs::driver, [&] {
    requireDevice(device);
    if (length < 1) {
      throw Failure{invalidValue, "no room for a name"};
    }
    std::strncpy(name, "cpu-emulation", static_cast<std::size_t>(length));
    name[length - 1] = '\0';
  });
}

DRIVER int cuDeviceGetAttribute(int* value, int attribute, int device) {
  return call("cuDeviceGetAttribute", Needs::driver, [&] {
    requireDevice(device);
    *value = attributeOf(attribute);
  });
}

DRIVER int cuDeviceTotalMem_v2(std::size_t* bytes, int device) {
  return call("cuDeviceTotalMem_v2", Needs::driver, [&] {
    requireDevice(device);
    *bytes = settings().memory;
  });
}

DRIVER int cuDevicePrimaryCtxRetain(void** context, int device) {
  return call("cuDevicePrimaryCtxRetain", Needs::driver, [&] {
    requireDevice(device);
    *context = retainContext();
  });
}

DRIVER int cuDevicePrimaryCtxRelease_v2(int device) {
  return call("cuDevicePrimaryCtxRelease_v2", Needs::driver, [&] {
    requireDevice(device);
    if (!releaseContext()) {
      throw Failure{invalidContext, "the primary context was released more often than retained"};
    }
  });
}

DRIVER int cuDevicePrimaryCtxReset_v2(int device) {
  return call("cuDevicePrimaryCtxReset_v2", Needs::driver, [&] {
    requireDevice(device);
    resetContext();
  });
}

DRIVER int cuDevicePrimaryCtxSetFlags_v2(int device, unsigned) {
  return call("cuDevicePrimaryCtxSetFlags_v2", Needs::driver, [&] { requireDevice(device); });
}

DRIVER int cuDevicePrimaryCtxGetState(int device, unsigned* flags, int* active) {
  return call("cuDevicePrimaryCtxGetState", Needs::driver, [&] {
    requireDevice(device);
    *flags = 0;
    *active = contextActive() ? 1 : 0;
  });
}

DRIVER int cuCtxSetCurrent(void* context) {
  return call("cuCtxSetCurrent", Needs::driver, [&] { setCurrentContext(context); });
}

DRIVER int cuCtxGetCurrent(void** context) {
  return call("cuCtxGetCurrent", Needs::driver, [&] { *context = currentContext(); });
}

DRIVER int cuCtxGetDevice(int* device) {
  return call("cuCtxGetDevice", Needs::context, [&] { *device = 0; });
}

DRIVER int cuCtxSynchronize() {
  return call("cuCtxSynchronize", Needs::context, [] {
    refuseDuringCapture("cuCtxSynchronize");
    finishAll();
    memory().checkRedZones();
  });
}

// The types and numbers of CUDA's driver interface that the emulation answers for, written from its documentation: no CUDA header is needed.
#pragma once

#include <cstddef>
#include <cstdint>

#define DRIVER extern "C" __attribute__((visibility("default")))

namespace levin::emulation {

enum Result : int {
  success = 0,
  invalidValue = 1,
  outOfMemory = 2,
  notInitialized = 3,
  noDevice = 100,
  invalidDevice = 101,
  invalidImage = 200,
  invalidContext = 201,
  invalidPtx = 218,
  unsupportedPtxVersion = 222,
  invalidHandle = 400,
  notFound = 500,
  notReady = 600,
  illegalAddress = 700,
  launchOutOfResources = 701,
  launchFailed = 719,
  cooperativeLaunchTooLarge = 720,
  notSupported = 801,
  streamCaptureUnsupported = 900,
  streamCaptureInvalidated = 901,
  streamCaptureUnmatched = 903,
  streamCaptureUnjoined = 904,
  streamCaptureIsolation = 905,
  streamCaptureImplicit = 906,
};

using DevicePointer = std::uintptr_t;

}  // namespace levin::emulation

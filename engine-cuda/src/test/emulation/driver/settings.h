// What the environment asks the emulated device to be; read by cuInit.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

namespace levin::emulation {

struct Settings {
  // LEVIN_EMULATION_SEED: of the order in which threads, blocks and streams run.
  std::uint64_t seed = 1;
  // LEVIN_EMULATION_DEVICES: 0 or 1.
  int devices = 1;
  // LEVIN_EMULATION_DRIVER_VERSION: 13000 stands for CUDA 13.0.
  int driverVersion = 13000;
  // LEVIN_EMULATION_CAPABILITY: 80 stands for 8.0.
  int capability = 80;
  // LEVIN_EMULATION_MEMORY, in bytes.
  std::size_t memory = std::size_t{2} << 30;
  // LEVIN_EMULATION_MULTIPROCESSORS.
  int multiprocessors = 4;
  // LEVIN_EMULATION_COOPERATIVE: 0 or 1, whether blocks may wait for each other.
  int cooperative = 1;
  // LEVIN_EMULATION_COMPUTE_MODE: 2 if nobody may compute.
  int computeMode = 0;
  // LEVIN_EMULATION_STREAMS=immediate: what is enqueued runs at once, instead of sometime before it is waited for.
  bool deferred = true;
  // LEVIN_EMULATION_FAULT=function[:call[:result]]: that call (from 1) of that driver function returns that result (719 unless given).
  std::string faultFunction;
  std::uint64_t faultCall = 1;
  int faultResult = 719;
};

// Throws Failure if a variable is not what it should be.
Settings settingsOfEnvironment();

}  // namespace levin::emulation

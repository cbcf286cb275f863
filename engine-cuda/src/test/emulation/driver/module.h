// Modules: the text of PTX decides which kernels there are and what they take; the code is the emulation's own.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "../runtime/registry.h"
#include "ptx.h"

namespace levin::emulation {

constexpr int defaultDynamicShared = 48 * 1024;
constexpr int maximumShared = 163 * 1024;

struct Function {
  const Kernel* kernel;
  std::size_t staticSharedBytes;
  int maximumDynamicShared = defaultDynamicShared;
};

struct Module {
  Ptx ptx;
  std::vector<std::unique_ptr<Function>> functions;
};

}  // namespace levin::emulation

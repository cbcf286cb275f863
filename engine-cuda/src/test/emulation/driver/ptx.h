// Reads from a text of PTX what the emulation must agree with: version, target, and each kernel's parameters and shared memory.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <vector>

namespace levin::emulation {

struct PtxEntry {
  std::vector<std::size_t> parameterSizes;
  std::size_t sharedBytes;
};

struct Ptx {
  // 90 stands for 9.0.
  int version;
  // 80 stands for sm_80.
  int target;
  std::map<std::string, PtxEntry> entries;
};

// Throws Failure if this is not PTX.
Ptx readPtx(const std::string& text);

// The driver that a version of PTX needs, as cuDriverGetVersion gives it.
int neededDriver(int ptxVersion);

}  // namespace levin::emulation

#include "registry.h"

#include <cstdio>
#include <cstdlib>
#include <map>

namespace levin::emulation {

namespace {

// A function's static, since registrations run before main in no given order.
std::map<std::string, Kernel>& kernels() {
  static std::map<std::string, Kernel> all;
  return all;
}

}  // namespace

const Kernel* findKernel(const std::string& name) {
  const auto found = kernels().find(name);
  return found == kernels().end() ? nullptr : &found->second;
}

std::vector<const Kernel*> allKernels() {
  std::vector<const Kernel*> all;
  for (const auto& [name, kernel] : kernels()) {
    all.push_back(&kernel);
  }
  return all;
}

void registerKernel(Kernel kernel) {
  const std::string name = kernel.name;
  const std::string file = kernel.file;
  const auto [existing, added] = kernels().emplace(name, std::move(kernel));
  if (!added) {
    std::fprintf(stderr, "emulation: kernel %s is defined in %s and in %s\n", name.c_str(), existing->second.file.c_str(), file.c_str());
    std::abort();
  }
}

}  // namespace levin::emulation

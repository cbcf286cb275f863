// The kernels that were compiled in, each with what a launch needs to know: name, launch bounds, the size of every parameter and whether
// it is a pointer, and how to call it with the parameters as the driver gets them.
#pragma once

#include <cstddef>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace levin::emulation {

struct Parameter {
  std::size_t size;
  bool pointer;
};

struct Kernel {
  std::string name;
  std::string file;
  int maximumThreads;
  std::vector<Parameter> parameters;
  void (*body)();
  // Calls the body; arguments[i] is where the i-th argument lies.
  void (*call)(void (*body)(), void* const* arguments);
};

// The kernel by that name, or null.
const Kernel* findKernel(const std::string& name);

// All kernels, by name.
std::vector<const Kernel*> allKernels();

// Adds a kernel; two of one name end the process, since nobody could say which of them a launch means.
void registerKernel(Kernel kernel);

class Registration {
 public:
  template <typename... Parameters>
  Registration(const char* name, int maximumThreads, void (*body)(Parameters...), const char* file) {
    registerKernel({name, file, maximumThreads, {Parameter{sizeof(Parameters), std::is_pointer_v<Parameters>}...},
                    reinterpret_cast<void (*)()>(body), &call<Parameters...>});
  }

 private:
  template <typename... Parameters>
  static void call(void (*body)(), void* const* arguments) {
    callWith<Parameters...>(reinterpret_cast<void (*)(Parameters...)>(body), arguments, std::index_sequence_for<Parameters...>());
  }

  template <typename... Parameters, std::size_t... index>
  static void callWith(void (*body)(Parameters...), void* const* arguments, std::index_sequence<index...>) {
    (void)arguments;
    body(*static_cast<std::remove_cv_t<Parameters>*>(arguments[index])...);
  }
};

}  // namespace levin::emulation

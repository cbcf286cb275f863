// A test is a function by the name of what it shows; a failed check ends the process with what was expected.
#pragma once

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <vector>

#include "../driver/types.h"
#include "driver_functions.h"

namespace levin::emulation::tests {

struct Test {
  const char* name;
  void (*body)();
};

std::vector<Test>& allTests();

struct AddTest {
  AddTest(const char* name, void (*body)()) { allTests().push_back({name, body}); }
};

#define TEST(name)                                                          \
  static void name();                                                       \
  static const levin::emulation::tests::AddTest name##Added(#name, name);   \
  static void name()

#define CHECK(condition)                                                           \
  do {                                                                             \
    if (!(condition)) {                                                            \
      std::printf("%s:%d: not so: %s\n", __FILE__, __LINE__, #condition);          \
      std::exit(1);                                                                \
    }                                                                              \
  } while (false)

// A driver function must give this result.
#define CHECK_RESULT(expected, ...)                                                                              \
  do {                                                                                                           \
    const int actual = (__VA_ARGS__);                                                                            \
    if (actual != (expected)) {                                                                                  \
      std::printf("%s:%d: %d instead of %d: %s\n", __FILE__, __LINE__, actual, (expected), #__VA_ARGS__);        \
      std::exit(1);                                                                                              \
    }                                                                                                            \
  } while (false)
#define CHECK_SUCCESS(...) CHECK_RESULT(levin::emulation::success, __VA_ARGS__)

// A context, a stream that others do not block, and the module of all kernels of the tests.
class Session {
 public:
  explicit Session(int seed = 1);
  ~Session();

  void* function(const char* name) const;

  // Launches one block, or more, and waits; gives the result of whichever failed.
  template <typename... Arguments>
  int run(const char* name, unsigned blocks, unsigned threads, unsigned sharedBytes, Arguments... arguments) const {
    void* pointers[] = {&arguments..., nullptr};
    const int launched = cuLaunchKernel(function(name), blocks, 1, 1, threads, 1, 1, sharedBytes, stream, pointers, nullptr);
    return launched != success ? launched : cuStreamSynchronize(stream);
  }

  template <typename... Arguments>
  int runCooperative(const char* name, unsigned blocks, unsigned rows, unsigned threads, Arguments... arguments) const {
    void* pointers[] = {&arguments..., nullptr};
    const int launched = cuLaunchCooperativeKernel(function(name), blocks, rows, 1, threads, 1, 1, 0, stream, pointers);
    return launched != success ? launched : cuStreamSynchronize(stream);
  }

  void* stream = nullptr;
  void* module = nullptr;
};

template <typename T>
T* onDevice(const std::vector<T>& values) {
  DevicePointer pointer = 0;
  CHECK_SUCCESS(cuMemAlloc_v2(&pointer, values.size() * sizeof(T)));
  CHECK_SUCCESS(cuMemcpyHtoD_v2(pointer, values.data(), values.size() * sizeof(T)));
  return reinterpret_cast<T*>(pointer);
}

template <typename T>
std::vector<T> fromDevice(const T* pointer, std::size_t count) {
  std::vector<T> values(count);
  CHECK_SUCCESS(cuMemcpyDtoH_v2(values.data(), reinterpret_cast<DevicePointer>(pointer), count * sizeof(T)));
  return values;
}

// Text of PTX for the kernels of the tests: what nvcc made, or else what declares the same kernels.
const std::string& testPtx();
void setTestPtx(std::string text);

// What the standard error stream got while the body ran.
std::string printedBy(void (*body)());

}  // namespace levin::emulation::tests

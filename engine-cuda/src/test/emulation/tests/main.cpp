// Runs all tests of the emulation, or those whose names contain the second argument; the first is a file of PTX, or "-" if there is no nvcc.
#include <unistd.h>

#include <fstream>
#include <sstream>

#include "../runtime/registry.h"
#include "check.h"

namespace levin::emulation::tests {

namespace {

std::string ptxText;

// What nvcc would declare; the bodies are empty, since the emulation does not look at them.
std::string declarations() {
  std::ostringstream text;
  text << ".version 9.0\n.target sm_80\n.address_size 64\n";
  for (const Kernel* const kernel : allKernels()) {
    text << ".visible .entry " << kernel->name << "(";
    const char* separator = "\n";
    int number = 0;
    for (const Parameter& parameter : kernel->parameters) {
      const std::string name = kernel->name + "_param_" + std::to_string(number++);
      text << separator << "  .param ";
      if (parameter.size <= 8) {
        text << ".u" << 8 * parameter.size << " " << name;
      } else {
        text << ".align 4 .b8 " << name << "[" << parameter.size << "]";
      }
      separator = ",\n";
    }
    text << "\n)\n{\n  ret;\n}\n";
  }
  return text.str();
}

}  // namespace

std::vector<Test>& allTests() {
  static std::vector<Test> tests;
  return tests;
}

const std::string& testPtx() { return ptxText; }

void setTestPtx(std::string text) { ptxText = std::move(text); }

Session::Session(int seed) {
  setenv("LEVIN_EMULATION_SEED", std::to_string(seed).c_str(), 1);
  void* context = nullptr;
  CHECK_SUCCESS(cuInit(0));
  CHECK_SUCCESS(cuDevicePrimaryCtxRetain(&context, 0));
  CHECK_SUCCESS(cuCtxSetCurrent(context));
  CHECK_SUCCESS(cuStreamCreate(&stream, 1));
  CHECK_SUCCESS(cuModuleLoadData(&module, testPtx().c_str()));
}

Session::~Session() { cuDevicePrimaryCtxRelease_v2(0); }

void* Session::function(const char* name) const {
  void* found = nullptr;
  CHECK_SUCCESS(cuModuleGetFunction(&found, module, name));
  return found;
}

std::string printedBy(void (*body)()) {
  std::fflush(stderr);
  const int standardError = dup(2);
  char name[] = "/tmp/emulation-test-XXXXXX";
  const int file = mkstemp(name);
  dup2(file, 2);
  body();
  std::fflush(stderr);
  dup2(standardError, 2);
  close(standardError);
  close(file);
  std::ostringstream text;
  text << std::ifstream(name).rdbuf();
  unlink(name);
  return text.str();
}

}  // namespace levin::emulation::tests

int main(int count, char** arguments) {
  using namespace levin::emulation::tests;
  const std::string file = count > 1 ? arguments[1] : "-";
  if (file == "-") {
    setTestPtx(levin::emulation::tests::declarations());
  } else {
    std::ostringstream text;
    text << std::ifstream(file).rdbuf();
    setTestPtx(text.str());
  }
  int run = 0;
  for (const Test& test : allTests()) {
    if (count < 3 || std::strstr(test.name, arguments[2]) != nullptr) {
      std::printf("%s\n", test.name);
      std::fflush(stdout);
      test.body();
      run++;
    }
  }
  std::printf("%d tests passed, with PTX %s\n", run, file == "-" ? "made up, since there is no nvcc" : "by nvcc");
  return run > 0 ? 0 : 1;
}

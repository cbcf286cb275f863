// The driver's own rules: devices that are not there, modules, memory, and launches that are refused.
#include "../driver/ptx.h"
#include "check.h"

using namespace levin::emulation;
using namespace levin::emulation::tests;

namespace {

// A variable of the environment for as long as this lives.
class Variable {
 public:
  Variable(const char* name, const char* value) : name_(name) { setenv(name, value, 1); }
  ~Variable() { unsetenv(name_); }

 private:
  const char* name_;
};

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  text.replace(text.find(from), from.size(), to);
  return text;
}

}  // namespace

TEST(noDeviceIsWhatInitializationSays) {
  const Variable devices("LEVIN_EMULATION_DEVICES", "0");
  CHECK_RESULT(noDevice, cuInit(0));
}

TEST(theEnvironmentSaysWhatTheDeviceIs) {
  const Variable version("LEVIN_EMULATION_DRIVER_VERSION", "12040");
  const Variable capability("LEVIN_EMULATION_CAPABILITY", "75");
  const Variable bytes("LEVIN_EMULATION_MEMORY", "1000000");
  int value = 0;
  std::size_t size = 0;
  CHECK_SUCCESS(cuInit(0));
  CHECK_SUCCESS(cuDriverGetVersion(&value));
  CHECK(value == 12040);
  CHECK_SUCCESS(cuDeviceGetAttribute(&value, 75, 0));
  CHECK(value == 7);
  CHECK_SUCCESS(cuDeviceGetAttribute(&value, 76, 0));
  CHECK(value == 5);
  CHECK_SUCCESS(cuDeviceTotalMem_v2(&size, 0));
  CHECK(size == 1000000);
  char name[8];
  CHECK_SUCCESS(cuDeviceGetName(name, 8, 0));
  CHECK(std::string(name) == "cpu-emu");
}

TEST(ptxThatIsTooNewForDriverOrDeviceIsRefused) {
  const Session session;
  void* module = nullptr;
  CHECK_RESULT(unsupportedPtxVersion, cuModuleLoadData(&module, replaced(testPtx(), ".version 9.0", ".version 9.1").c_str()));
  CHECK_SUCCESS(cuModuleLoadData(&module, replaced(testPtx(), ".version 9.0", ".version 8.7").c_str()));
  CHECK_RESULT(invalidPtx, cuModuleLoadData(&module, replaced(testPtx(), ".target sm_80", ".target sm_90a").c_str()));
  CHECK_RESULT(invalidImage, cuModuleLoadData(&module, "no PTX at all"));
}

TEST(kernelsThatAreNotInThePtxAreNotFound) {
  const Session session;
  void* module = nullptr;
  void* function = nullptr;
  CHECK_SUCCESS(cuModuleLoadData(&module, ".version 8.0\n.target sm_80\n.visible .entry nothing()\n{\nret;\n}\n"));
  CHECK_SUCCESS(cuModuleGetFunction(&function, module, "nothing"));
  CHECK_RESULT(notFound, cuModuleGetFunction(&function, module, "increment"));
}

TEST(stalePtxIsRefused) {
  const Session session;
  void* module = nullptr;
  const std::string head = ".version 8.0\n.target sm_80\n";
  CHECK_RESULT(invalidPtx, cuModuleLoadData(&module, (head + ".visible .entry increment(\n.param .u32 increment_param_0\n)\n{\n}\n").c_str()));
  CHECK_RESULT(invalidPtx, cuModuleLoadData(&module, ".version 8.0\n.target sm_80\n.visible .entry unheardOf()\n{\n}\n"));
}

TEST(ptxIsReadWithItsComments) {
  const Ptx ptx = readPtx(
      "// .entry ghost(\n.version 8.7\n.target sm_90a /* .entry spirit() */\n.visible .entry a(\n.param .align 8 .b8 a_param_0[40],\n"
      ".param .f32 a_param_1,\n.param .u64 .ptr .global .align 4 a_param_2\n)\n.maxntid 128, 1, 1\n{\n.shared .align 16 .b8 tile[528];\n"
      "{ .shared .align 4 .f32 one; }\n}\n");
  CHECK(ptx.version == 87);
  CHECK(ptx.target == 90);
  CHECK(ptx.entries.size() == 1);
  CHECK((ptx.entries.at("a").parameterSizes == std::vector<std::size_t>{40, 4, 8}));
  CHECK(ptx.entries.at("a").sharedBytes == 532);
  CHECK(neededDriver(80) == 12000);
  CHECK(neededDriver(85) == 12050);
  CHECK(neededDriver(87) == 12080);
  CHECK(neededDriver(90) == 13000);
}

TEST(launchesThatNoGpuWouldTakeAreRefused) {
  const Session session;
  float* const values = onDevice(std::vector<float>(64));
  CHECK_RESULT(launchOutOfResources, session.run("writeAt", 1, 33, 0, values, 0ll));
  CHECK_RESULT(invalidValue, session.run("writeAt", 0, 32, 0, values, 0ll));
  CHECK_RESULT(invalidValue, session.run("reverseWithoutFirstBarrier", 1, 64, 49 * 1024, values));
  void* const function = session.function("reverseWithoutFirstBarrier");
  CHECK_RESULT(invalidValue, cuFuncSetAttribute(function, 8, 164 * 1024));
  CHECK_SUCCESS(cuFuncSetAttribute(function, 8, 100 * 1024));
  CHECK_SUCCESS(session.run("reverseWithoutFirstBarrier", 1, 64, 100 * 1024, values));
  int blocks = 0;
  CHECK_SUCCESS(cuOccupancyMaxActiveBlocksPerMultiprocessor(&blocks, function, 64, 100 * 1024));
  CHECK(blocks == 1);
  CHECK_SUCCESS(cuOccupancyMaxActiveBlocksPerMultiprocessor(&blocks, function, 256, 1024));
  CHECK(blocks == 8);
}

TEST(memoryIsCountedAndGivenBack) {
  const Variable bytes("LEVIN_EMULATION_MEMORY", "100000");
  const Session session;
  DevicePointer first = 0;
  DevicePointer second = 0;
  std::size_t free = 0;
  std::size_t total = 0;
  CHECK_SUCCESS(cuMemAlloc_v2(&first, 60000));
  CHECK_RESULT(outOfMemory, cuMemAlloc_v2(&second, 60000));
  CHECK_SUCCESS(cuMemGetInfo_v2(&free, &total));
  CHECK(free == 40000 && total == 100000);
  CHECK_SUCCESS(cuMemFree_v2(first));
  CHECK_SUCCESS(cuMemAlloc_v2(&second, 60000));
  CHECK_RESULT(invalidValue, cuMemFree_v2(first));
  CHECK_RESULT(invalidValue, cuMemFree_v2(second + 256));
}

TEST(copiesBeyondAnAllocationAreRefused) {
  const Session session;
  float* const values = onDevice(std::vector<float>(16));
  std::vector<float> host(32);
  CHECK_RESULT(invalidValue, cuMemcpyDtoH_v2(host.data(), reinterpret_cast<DevicePointer>(values), 68));
  CHECK_RESULT(invalidValue, cuMemcpyHtoD_v2(reinterpret_cast<DevicePointer>(values + 1), host.data(), 64));
  CHECK_SUCCESS(cuMemcpyHtoD_v2(reinterpret_cast<DevicePointer>(values + 16), host.data(), 0));
}

TEST(aThreadWithoutContextIsTurnedAway) {
  const Session session;
  CHECK_SUCCESS(cuCtxSetCurrent(nullptr));
  DevicePointer pointer = 0;
  CHECK_RESULT(invalidContext, cuMemAlloc_v2(&pointer, 16));
}

TEST(aPlantedFaultComesAtItsCall) {
  const Variable fault("LEVIN_EMULATION_FAULT", "cuMemAlloc_v2:2:2");
  const Session session;
  DevicePointer pointer = 0;
  CHECK_SUCCESS(cuMemAlloc_v2(&pointer, 16));
  CHECK_RESULT(outOfMemory, cuMemAlloc_v2(&pointer, 16));
  CHECK_SUCCESS(cuMemAlloc_v2(&pointer, 16));
}

TEST(resultsHaveNames) {
  const char* name = nullptr;
  CHECK_SUCCESS(cuGetErrorName(700, &name));
  CHECK(std::string(name) == "CUDA_ERROR_ILLEGAL_ADDRESS");
  CHECK_RESULT(invalidValue, cuGetErrorName(12345, &name));
}

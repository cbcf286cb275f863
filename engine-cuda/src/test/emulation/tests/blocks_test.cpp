// Threads of a block: barriers, shared memory, and the faults that must not pass unnoticed.
#include <cmath>

#include "../runtime/block.h"
#include "../runtime/scheduler.h"
#include "check.h"

using namespace levin::emulation;
using namespace levin::emulation::tests;

namespace {

bool contains(const std::string& text, const char* part) {
  if (text.find(part) != std::string::npos) {
    return true;
  }
  std::printf("no '%s' in: %s\n", part, text.c_str());
  return false;
}

std::vector<float> upTo(int count) {
  std::vector<float> values;
  for (int index = 0; index < count; index++) {
    values.push_back(static_cast<float>(index + 1));
  }
  return values;
}

// How many of so many seeds give a sum that is right.
int rightSums(const char* kernel, int seeds) {
  int right = 0;
  for (int seed = 1; seed <= seeds; seed++) {
    const Session session(seed);
    float* const values = onDevice(upTo(256));
    float* const sum = onDevice(std::vector<float>(1));
    CHECK_SUCCESS(session.run(kernel, 1, 256, 0, values, sum));
    right += fromDevice(sum, 1)[0] == 256 * 257 / 2 ? 1 : 0;
  }
  return right;
}

}  // namespace

TEST(aSumWithBarriersIsRightInEveryOrder) { CHECK(rightSums("sumOfBlock", 50) == 50); }

TEST(aMissingBarrierShowsInWrongSums) { CHECK(rightSums("sumWithoutBarrier", 50) < 5); }

TEST(sharedMemoryThatNobodyWroteIsNotANumber) {
  const Session session(3);
  float* const values = onDevice(upTo(128));
  CHECK_SUCCESS(session.run("reverseWithoutFirstBarrier", 1, 128, 512, values));
  int poisoned = 0;
  for (const float value : fromDevice(values, 128)) {
    poisoned += std::isnan(value) ? 1 : 0;
  }
  CHECK(poisoned > 20);
}

TEST(sharedMemoryOfTheBlockBeforeIsNotLeftOver) {
  const Session session;
  float* const values = onDevice(upTo(32));
  for (int launch = 0; launch < 3; launch++) {
    CHECK_SUCCESS(session.run("reverseWithoutFirstBarrier", 1, 32, 128, values));
  }
  int poisoned = 0;
  for (const float value : fromDevice(values, 32)) {
    poisoned += std::isnan(value) ? 1 : 0;
  }
  CHECK(poisoned > 5);
}

TEST(deviceMemoryThatNobodyWroteIsNotANumber) {
  const Session session;
  DevicePointer pointer = 0;
  CHECK_SUCCESS(cuMemAlloc_v2(&pointer, 12));
  CHECK(std::isnan(fromDevice(reinterpret_cast<float*>(pointer), 3)[2]));
}

TEST(aWriteJustPastAnAllocationIsFound) {
  const Session session;
  const std::string printed = printedBy([] {
    const Session inner;
    float* const values = onDevice(std::vector<float>(33));
    CHECK_RESULT(illegalAddress, inner.run("writeAt", 1, 32, 0, values, 33ll));
    // As on a GPU, the context is of no use from then on.
    CHECK_RESULT(illegalAddress, cuCtxSynchronize());
  });
  CHECK(contains(printed, "bytes after the allocation of 132 bytes were overwritten by kernel writeAt"));
}

TEST(aWriteJustBeforeAnAllocationIsFound) {
  const std::string printed = printedBy([] {
    const Session session;
    float* const values = onDevice(std::vector<float>(33));
    CHECK_RESULT(illegalAddress, session.run("writeAt", 1, 32, 0, values, -1ll));
  });
  CHECK(contains(printed, "bytes before the allocation"));
}

TEST(readsFarPastAnAllocationAreFound) {
  const std::string printed = printedBy([] {
    const Session session;
    float* const values = onDevice(std::vector<float>(64));
    float* const result = onDevice(std::vector<float>(1));
    CHECK_RESULT(illegalAddress, session.run("readAt", 1, 32, 0, values, 64ll, result));
  });
  CHECK(contains(printed, "in kernel readAt, block (0, 0), thread 0 (0 bytes past the end of the allocation of 256 bytes)"));
}

TEST(aNullPointerThatIsUsedIsFoundAndTheProcessLives) {
  for (int again = 0; again < 3; again++) {
    const Session session;
    CHECK_RESULT(illegalAddress, session.run("writeAt", 1, 32, 0, static_cast<float*>(nullptr), 0ll));
  }
  CHECK(rightSums("sumOfBlock", 1) == 1);
}

TEST(anArgumentThatWasFreedIsFound) {
  const std::string printed = printedBy([] {
    const Session session;
    float* const values = onDevice(upTo(32));
    CHECK_SUCCESS(cuMemFree_v2(reinterpret_cast<DevicePointer>(values)));
    CHECK_RESULT(illegalAddress, session.run("writeAt", 1, 32, 0, values, 0ll));
  });
  CHECK(contains(printed, "argument 0 of kernel writeAt is no living pointer"));
}

TEST(writesPastSharedArraysAreFound) {
  const std::string printed = printedBy([] {
    const Session first;
    float* const result = onDevice(std::vector<float>(1));
    CHECK_SUCCESS(first.run("writePastFixedShared", 1, 32, 0, 7, result));
    CHECK_RESULT(illegalAddress, first.run("writePastFixedShared", 1, 32, 0, 8, result));
    cuDevicePrimaryCtxRelease_v2(0);
    const Session second;
    float* const another = onDevice(std::vector<float>(1));
    CHECK_SUCCESS(second.run("writePastDynamicShared", 1, 32, 100, 24, another));
    CHECK_RESULT(illegalAddress, second.run("writePastDynamicShared", 1, 32, 100, 25, another));
  });
  CHECK(contains(printed, "writes past the shared array second of 32 bytes in kernel writePastFixedShared"));
  CHECK(contains(printed, "writes past the 100 bytes of dynamic shared memory"));
}

TEST(aThreadThatLeavesBeforeABarrierIsADeadlock) {
  const std::string printed = printedBy([] {
    const Session session;
    float* const values = onDevice(upTo(128));
    CHECK_RESULT(launchFailed, session.run("leaveBeforeBarrier", 1, 128, 0, values, 77));
  });
  CHECK(contains(printed, "deadlock: a thread waits for ever for blockBarrier at blocks.cu:"));
  CHECK(contains(printed, "but thread 77 has left in kernel leaveBeforeBarrier, block (0, 0)"));
}

TEST(barriersAtDifferentPlacesAreDivergent) {
  const std::string printed = printedBy([] {
    const Session session;
    float* const values = onDevice(upTo(128));
    CHECK_RESULT(launchFailed, session.run("divergentBarrier", 1, 128, 0, values));
  });
  CHECK(contains(printed, "divergent barrier"));
}

TEST(aDivisionByZeroIsFound) {
  const Session session;
  int* const values = onDevice(std::vector<int>(32));
  CHECK_RESULT(launchFailed, session.run("divide", 1, 32, 0, values, 0));
}

TEST(aRequirementThatFailsIsFound) {
  const std::string printed = printedBy([] {
    const Session session;
    float* const values = onDevice(upTo(32));
    CHECK_SUCCESS(session.run("require", 1, 32, 0, values, 32));
    CHECK_RESULT(launchFailed, session.run("require", 1, 32, 0, values, 31));
  });
  CHECK(contains(printed, "required, but not so: threadIndex() < limit at blocks.cu:"));
  CHECK(contains(printed, "thread 31"));
}

TEST(theSameSeedGivesTheSameOrder) {
  std::vector<float> results[2];
  for (auto& result : results) {
    const Session session(11);
    float* const values = onDevice(upTo(256));
    CHECK_SUCCESS(session.run("reverseWithoutFirstBarrier", 1, 256, 1024, values));
    result = fromDevice(values, 256);
  }
  CHECK(std::memcmp(results[0].data(), results[1].data(), 1024) == 0);
}

TEST(aGridOfTwoDimensionsReachesAllElements) {
  const Session session;
  float* const values = onDevice(upTo(1000));
  float factor = 3.0f;
  int count = 1000;
  const float* pointer = values;
  void* arguments[] = {&pointer, &factor, &count};
  CHECK_SUCCESS(cuLaunchKernel(session.function("scale"), 3, 3, 1, 113, 1, 1, 0, session.stream, arguments, nullptr));
  CHECK_SUCCESS(cuStreamSynchronize(session.stream));
  const std::vector<float> scaled = fromDevice(values, 1000);
  for (int index = 0; index < 1000; index++) {
    CHECK(scaled[static_cast<std::size_t>(index)] == 3.0f * static_cast<float>(index + 1));
  }
}

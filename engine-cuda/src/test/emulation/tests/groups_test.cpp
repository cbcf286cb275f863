// Blocks that wait for each other, and copies that run beside the threads.
#include <cmath>

#include "check.h"

using namespace levin::emulation;
using namespace levin::emulation::tests;

namespace {

// What sumAmongBlocks must give in each block of a group.
std::vector<float> expectedSums(const std::vector<float>& start, int rounds) {
  std::vector<float> values = start;
  for (int round = 0; round < rounds; round++) {
    float total = 0.0f;
    for (const float value : values) {
      total += value;
    }
    for (std::size_t block = 0; block < values.size(); block++) {
      values[block] = total * 0.25f + static_cast<float>(block);
    }
  }
  return values;
}

}  // namespace

TEST(groupsOfBlocksWaitForEachOther) {
  constexpr int rounds = 7;
  for (int seed = 1; seed <= 20; seed++) {
    const Session session(seed);
    std::vector<float> values(2 * 3 * 5);
    for (std::size_t index = 0; index < 15; index++) {
      values[index] = static_cast<float>(index * index);
    }
    float* const device = onDevice(values);
    unsigned* const counters = onDevice(std::vector<unsigned>(3));
    CHECK_SUCCESS(session.runCooperative("sumAmongBlocks", 5, 3, 64, device, counters, rounds));
    const std::vector<float> given = fromDevice(device, 30);
    for (int group = 0; group < 3; group++) {
      const auto start = values.begin() + group * 5;
      const std::vector<float> expected = expectedSums(std::vector<float>(start, start + 5), rounds);
      CHECK(std::equal(expected.begin(), expected.end(), given.begin() + 15 * (rounds % 2) + group * 5));
    }
    CHECK(fromDevice(counters, 3)[2] == 5 * rounds);
  }
}

TEST(aMissingGroupBarrierShows) {
  int right = 0;
  const std::vector<float> start = {1, 2, 3, 4, 5, 0, 0, 0, 0, 0};
  const std::vector<float> expected = expectedSums({1, 2, 3, 4, 5}, 4);
  for (int seed = 1; seed <= 20; seed++) {
    const Session session(seed);
    float* const device = onDevice(start);
    CHECK_SUCCESS(session.runCooperative("sumWithoutGroupBarrier", 5, 1, 64, device, 4));
    const std::vector<float> given = fromDevice(device, 10);
    right += std::equal(expected.begin(), expected.end(), given.begin()) ? 1 : 0;
  }
  CHECK(right < 3);
}

TEST(aCounterThatDoesNotStartAtZeroIsFound) {
  const Session session;
  float* const device = onDevice(std::vector<float>(10));
  unsigned* const counter = onDevice(std::vector<unsigned>(1, 1));
  CHECK_RESULT(launchFailed, session.runCooperative("sumAmongBlocks", 5, 1, 64, device, counter, 1));
}

TEST(aTargetThatNobodyReachesIsADeadlock) {
  const std::string printed = printedBy([] {
    const Session session;
    unsigned* const counter = onDevice(std::vector<unsigned>(1));
    CHECK_RESULT(launchFailed, session.runCooperative("waitForTooMany", 3, 1, 32, counter));
  });
  CHECK(printed.find("until the counter reaches 4; it is 3 in kernel waitForTooMany, block (0, 0)") != std::string::npos);
}

TEST(blocksWaitForEachOtherInCooperativeLaunchesOnly) {
  const Session session;
  float* const device = onDevice(std::vector<float>(10));
  unsigned* const counter = onDevice(std::vector<unsigned>(1));
  CHECK_RESULT(launchFailed, session.run("sumAmongBlocks", 5, 64, 0, device, counter, 1));
}

TEST(aCooperativeLaunchMustFitTheDevice) {
  const Session session;
  unsigned* const counter = onDevice(std::vector<unsigned>(1));
  // 32 blocks on each of 4 multiprocessors.
  CHECK_RESULT(cooperativeLaunchTooLarge, session.runCooperative("waitForTooMany", 129, 1, 32, counter));
}

TEST(atomicSumsCountEveryThread) {
  const Session session(4);
  int* const count = onDevice(std::vector<int>(1));
  CHECK_SUCCESS(session.run("countArrivals", 7, 50, 0, count));
  CHECK(fromDevice(count, 1)[0] == 350);
}

TEST(copiesAreThereAfterTheWaitAndOftenNotBefore) {
  std::vector<float> values;
  for (int index = 0; index < 256; index++) {
    values.push_back(static_cast<float>(index));
  }
  for (int wait = 0; wait < 2; wait++) {
    const Session session(6);
    float* const from = onDevice(values);
    float* const to = onDevice(std::vector<float>(256));
    CHECK_SUCCESS(session.run("copyThroughShared", 1, 64, 1024, from, to, wait));
    const std::vector<float> given = fromDevice(to, 256);
    int right = 0;
    for (std::size_t index = 0; index < 256; index++) {
      right += given[index] == values[255 - index] ? 1 : 0;
    }
    CHECK(wait == 1 ? right == 256 : right < 200);
  }
}

TEST(groupsOfCopiesAreWaitedForOneByOne) {
  std::vector<float> values;
  for (int index = 0; index < 512; index++) {
    values.push_back(static_cast<float>(index));
  }
  const Session session(8);
  float* const from = onDevice(values);
  float* const results = onDevice(std::vector<float>(128));
  CHECK_SUCCESS(session.run("copyInTwoGroups", 1, 64, 0, from, results));
  const std::vector<float> given = fromDevice(results, 128);
  for (std::size_t index = 0; index < 128; index++) {
    CHECK(given[index] == static_cast<float>(16 * index + 6));
  }
}

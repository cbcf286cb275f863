// Runs one launch: every thread of a block as a flow of control of its own, all on the calling thread of the process, in a random order
// that follows from a seed.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

#include "block.h"
#include "registry.h"

namespace levin::emulation {

struct Launch {
  const Kernel* kernel;
  void* const* arguments;
  int blocksX;
  int blocksY;
  int threads;
  std::size_t dynamicSharedBytes;
  // All blocks are alive at once, so that they may wait for each other.
  bool cooperative;
  std::uint64_t seed;
};

struct Outcome {
  enum Kind { done, illegalAddress, failed };
  Kind kind;
  // What went wrong, with kernel, block, thread and place in the source.
  std::string message;
  // Of an illegal access.
  const void* address;
};

Outcome run(const Launch& launch);

// How often control went from one thread to another since the process began.
std::uint64_t threadSwitches();

// ---- For what kernels call; within a launch only ----

Thread& currentThread();
// Makes a waiting thread ready to go on.
void wake(Thread& thread);
// Lets others run until somebody wakes this thread.
void suspend();
// Lets others run for as long as the random order has it.
void giveWay();
std::uint32_t randomBelow(std::uint32_t bound);
// Lets this thread wait until the count has reached the target.
void suspendUntil(const unsigned* counter, unsigned target);
void wakeWaiters();
bool blocksMayWait();
// Ends the launch with this outcome.
[[noreturn]] void fail(Outcome::Kind kind, const std::string& text, Site site);

}  // namespace levin::emulation

// Kernels of the emulation's own tests: blocks that wait for each other, copies that run beside the threads.
#include "kernel.h"

// values: [2][groups][blocks of a group]. In every round each block takes the sum of what its group's blocks gave in the round before, plus
// its own number. A grid is [groups] rows of blocks.
KERNEL(sumAmongBlocks, 64, float* values, unsigned* counters, int rounds) {
  SHARED(float, sum, [1]);
  const int blocks = gridBlocks();
  const int cells = blocks * gridBlocksY();
  const int first = blockIndexY() * blocks;
  unsigned* const counter = counters + blockIndexY();
  for (int round = 1; round <= rounds; round++) {
    const float* const before = values + (round - 1) % 2 * cells + first;
    float* const after = values + round % 2 * cells + first;
    if (threadIndex() == 0) {
      float total = 0.0f;
      for (int block = 0; block < blocks; block++) {
        total += loadFresh(before + block);
      }
      sum[0] = total;
    }
    blockBarrier();
    if (threadIndex() == blockThreads() - 1) {
      storeFresh(after + blockIndex(), sum[0] * 0.25f + static_cast<float>(blockIndex()));
    }
    groupBarrier(counter, static_cast<unsigned>(round * blocks));
  }
}

KERNEL(sumWithoutGroupBarrier, 64, float* values, int rounds) {
  const int blocks = gridBlocks();
  for (int round = 1; round <= rounds; round++) {
    if (threadIndex() == 0) {
      float total = 0.0f;
      for (int block = 0; block < blocks; block++) {
        total += loadFresh(values + (round - 1) % 2 * blocks + block);
      }
      storeFresh(values + round % 2 * blocks + blockIndex(), total * 0.25f + static_cast<float>(blockIndex()));
    }
    blockBarrier();
  }
}

// One block asks for one arrival more than there will ever be.
KERNEL(waitForTooMany, 32, unsigned* counter) { groupBarrier(counter, static_cast<unsigned>(gridBlocks() + (blockIndex() == 0 ? 1 : 0))); }

KERNEL(countArrivals, 64, int* count) { atomicAddInteger(count, 1); }

// Turns 4 values for each thread around, through shared memory; `wait` 0 forgets to wait for the copy.
KERNEL(copyThroughShared, 64, const float* from, float* to, int wait) {
  SHARED_DYNAMIC(float, buffer);
  copyAsync16(buffer + 4 * threadIndex(), from + 4 * threadIndex());
  copyAsyncCommit();
  if (wait != 0) {
    copyAsyncWait<0>();
  }
  blockBarrier();
  for (int element = 0; element < 4; element++) {
    const int index = 4 * threadIndex() + element;
    to[index] = buffer[4 * blockThreads() - 1 - index];
  }
}

// Two groups of copies: the first must be there when at most one is under way. results: [2][4 * threads].
KERNEL(copyInTwoGroups, 64, const float* from, float* results) {
  SHARED(float4, buffer, [2][64]);
  copyAsync16(&buffer[0][threadIndex()], from + 4 * threadIndex());
  copyAsyncCommit();
  copyAsync16(&buffer[1][threadIndex()], from + 4 * (blockThreads() + threadIndex()));
  copyAsyncCommit();
  copyAsyncWait<1>();
  const float4 first = buffer[0][threadIndex()];
  copyAsyncWait<0>();
  const float4 second = buffer[1][threadIndex()];
  results[threadIndex()] = first.x + first.y + first.z + first.w;
  results[blockThreads() + threadIndex()] = second.x + second.y + second.z + second.w;
}

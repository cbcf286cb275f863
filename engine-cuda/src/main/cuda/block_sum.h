// A sum over the threads of a block.
#pragma once
#include "kernel.h"

static const int SUM_THREADS = 256;

// The sum of all threads' values, in a tree; the result is thread 0's. All threads of the block take part.
DEVICE double blockSum(double (&sums)[SUM_THREADS], double value) {
  sums[threadIndex()] = value;
  blockBarrier();
  for (int distance = SUM_THREADS / 2; distance > 0; distance /= 2) {
    if (threadIndex() < distance) {
      sums[threadIndex()] += sums[threadIndex() + distance];
    }
    blockBarrier();
  }
  return sums[0];
}

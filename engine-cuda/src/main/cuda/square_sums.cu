// The first stage of the gradient's norm.
#include "block_sum.h"

static const size_t CHUNK = 4096;

// partials [blocks] = the sums of the squares of 4096 values each, in double precision
KERNEL(squareSums, 256, double* partials, const float* values, int count) {
  SHARED(double, sums, [SUM_THREADS]);
  size_t first = static_cast<size_t>(blockIndex()) * CHUNK;
  double sum = 0;
  for (size_t i = threadIndex(); i < CHUNK && first + i < static_cast<size_t>(count); i += SUM_THREADS) {
    double value = values[first + i];
    sum += value * value;
  }
  sum = blockSum(sums, sum);
  if (threadIndex() == 0) {
    partials[blockIndex()] = sum;
  }
}

// The first stage of the gradient's norm.
#include "block_sum.h"

static const int CHUNK = 4096;

// partials [blocks] = the sums of the squares of 4096 values each, in double precision
KERNEL(squareSums, 256, double* partials, const float* values, int count) {
  SHARED(double, sums, [SUM_THREADS]);
  size_t first = static_cast<size_t>(blockIndex()) * CHUNK;
  double sum = 0;
  for (int i = threadIndex(); i < CHUNK && first + i < count; i += SUM_THREADS) {
    double value = values[first + i];
    sum += value * value;
  }
  sum = blockSum(sums, sum);
  if (threadIndex() == 0) {
    partials[blockIndex()] = sum;
  }
}

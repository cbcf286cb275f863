// What every row of a layer's pre-activations begins with.
#include "kernel.h"

// sums [count] = inputBias [count] + recurrentBias [count]
KERNEL(addBiases, 256, float* sums, const float* inputBias, const float* recurrentBias, int count) {
  int index = blockIndex() * blockThreads() + threadIndex();
  if (index < count) {
    sums[index] = inputBias[index] + recurrentBias[index];
  }
}

// c = the sums that the slices of a product left at partials [slices][size], in increasing order, whatever the number of blocks.
#include "kernel.h"

KERNEL(addSlices, 256, float* c, const float* partials, int size, int slices) {
  int index = blockIndex() * blockThreads() + threadIndex();
  if (index >= size) {
    return;
  }
  float sum = 0.0f;
  for (int slice = 0; slice < slices; slice++) {
    sum += partials[static_cast<size_t>(slice) * size + index];
  }
  c[index] = sum;
}

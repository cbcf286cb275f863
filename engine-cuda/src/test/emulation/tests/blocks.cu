// Kernels of the emulation's own tests: threads of one block. Those whose names say so are wrong on purpose.
#include "kernel.h"

KERNEL(sumOfBlock, 256, const float* values, float* sum) {
  SHARED(float, partial, [256]);
  partial[threadIndex()] = values[threadIndex()];
  for (int distance = blockThreads() / 2; distance > 0; distance /= 2) {
    blockBarrier();
    if (threadIndex() < distance) {
      partial[threadIndex()] += partial[threadIndex() + distance];
    }
  }
  if (threadIndex() == 0) {
    *sum = partial[0];
  }
}

KERNEL(sumWithoutBarrier, 256, const float* values, float* sum) {
  SHARED(float, partial, [256]);
  partial[threadIndex()] = values[threadIndex()];
  blockBarrier();
  for (int distance = blockThreads() / 2; distance > 0; distance /= 2) {
    if (threadIndex() < distance) {
      partial[threadIndex()] += partial[threadIndex() + distance];
    }
  }
  if (threadIndex() == 0) {
    *sum = partial[0];
  }
}

KERNEL(reverseWithoutFirstBarrier, 256, float* values) {
  SHARED_DYNAMIC(float, buffer);
  buffer[threadIndex()] = values[threadIndex()];
  values[threadIndex()] = buffer[blockThreads() - 1 - threadIndex()];
}

KERNEL(writeAt, 32, float* values, long long index) {
  if (threadIndex() == 0) {
    values[index] = 1.0f;
  }
}

KERNEL(readAt, 32, const float* values, long long index, float* result) {
  if (threadIndex() == 0) {
    *result = values[index];
  }
}

KERNEL(writePastFixedShared, 32, int index, float* result) {
  SHARED(float, first, [8]);
  SHARED(float, second, [8]);
  first[threadIndex() % 8] = 0.0f;
  float* const cells = second;
  cells[index] = 1.0f;
  *result = first[0] + cells[index];
}

KERNEL(writePastDynamicShared, 32, int index, float* result) {
  SHARED_DYNAMIC(float, buffer);
  buffer[index] = 1.0f;
  *result = buffer[index];
}

KERNEL(leaveBeforeBarrier, 128, float* values, int leaver) {
  if (threadIndex() == leaver) {
    return;
  }
  blockBarrier();
  values[threadIndex()] = 1.0f;
}

KERNEL(divergentBarrier, 128, float* values) {
  if (threadIndex() < 40) {
    blockBarrier();
  } else {
    blockBarrier();
  }
  values[threadIndex()] = 1.0f;
}

KERNEL(divide, 32, int* values, int divisor) { values[threadIndex()] = 100 / divisor; }

KERNEL(require, 32, float* values, int limit) {
  REQUIRE(threadIndex() < limit);
  values[threadIndex()] = 1.0f;
}

KERNEL(scale, 128, float* values, float factor, int count) {
  const int index = (blockIndexY() * gridBlocks() + blockIndex()) * blockThreads() + threadIndex();
  if (index < count) {
    values[index] *= factor;
  }
}

KERNEL(increment, 32, int* value) {
  if (threadIndex() == 0) {
    *value += 1;
  }
}

KERNEL(nothing, 32) {}

// Sums of what lies at equal distances in memory.
#pragma once
#include "kernel.h"

// What a thread loads before it adds: a load takes some hundred times as long as an addition, and this many take no longer than one.
static const int LOADS_AHEAD = 8;

// values[0] + values[stride] + ..., so many of them, in this order, in double precision.
template <typename T>
DEVICE double stridedSum(const T* values, int count, size_t stride) {
  double sum = 0;
  for (int i = 0; i < count; i += LOADS_AHEAD) {
    T loaded[LOADS_AHEAD];
    UNROLLED for (int j = 0; j < LOADS_AHEAD; j++) {
      const bool inside = i + j < count;
      const T value = values[inside ? j * stride : 0];  // loaded in any case: nothing branches
      loaded[j] = inside ? value : T(0);
    }
    UNROLLED for (int j = 0; j < LOADS_AHEAD; j++) {
      sum += loaded[j];
    }
    values += LOADS_AHEAD * stride;
  }
  return sum;
}

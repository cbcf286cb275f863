// Kernels of the emulation's own tests: exchange and products within a warp, numbers.
#include "kernel.h"

// results: [6][32], a row for each kind of exchange.
KERNEL(exchange, 32, const int* values, int* results) {
  const int lane = laneIndex();
  const int value = values[lane];
  results[lane] = shuffleDown(value, 3);
  results[32 + lane] = shuffleUp(value, 5);
  results[64 + lane] = shuffleXor(value, 9);
  results[96 + lane] = shuffleIndex(value, lane * 7);
  results[128 + lane] = static_cast<int>(warpBallot(value % 3 == 0));
  results[160 + lane] = static_cast<int>(shuffleIndex(static_cast<double>(value) * 1e-3, 31) * 1e3 + 0.5);
}

KERNEL(divergentShuffle, 64, int* values) {
  int value = values[threadIndex()];
  if (laneIndex() < 16) {
    value = shuffleDown(value, 1);
  } else {
    value = shuffleXor(value, 1);
  }
  values[threadIndex()] = value;
}

KERNEL(leaveBeforeShuffle, 64, int* values, int leaver) {
  if (threadIndex() == leaver) {
    return;
  }
  values[threadIndex()] = shuffleXor(values[threadIndex()], 1);
}

// sum [16][8] += a [16][16] * b [16][8], all row-major, a and b as bfloat16.
KERNEL(productOfBfloat16, 32, const unsigned short* a, const unsigned short* b, float* sum) {
  SHARED(unsigned short, left, [16][16]);
  SHARED(unsigned short, right, [16][8]);
  const int lane = laneIndex();
  for (int element = lane; element < 256; element += 32) {
    left[element / 16][element % 16] = a[element];
  }
  for (int element = lane; element < 128; element += 32) {
    right[element / 8][element % 8] = b[element];
  }
  warpBarrier();
  const int group = lane / 4;
  const int member = lane % 4;
  unsigned leftParts[4];
  unsigned rightParts[2];
  float accumulator[4];
  for (int element = 0; element < 4; element++) {
    accumulator[element] = sum[(group + element / 2 * 8) * 8 + 2 * member + element % 2];
  }
  loadMatrix4(leftParts, &left[lane % 16][lane / 16 * 8]);
  loadMatrix2Transposed(rightParts, &right[lane % 16][0]);
  mmaBfloat16(accumulator, leftParts, rightParts);
  for (int element = 0; element < 4; element++) {
    sum[(group + element / 2 * 8) * 8 + 2 * member + element % 2] = accumulator[element];
  }
}

// The same without loads of matrices, straight from the tables of the PTX manual.
KERNEL(productByElements, 32, const unsigned short* a, const unsigned short* b, float* sum) {
  const int group = laneIndex() >> 2;
  const int member = laneIndex() % 4;
  unsigned left[4];
  unsigned right[2];
  float accumulator[4];
  for (int part = 0; part < 4; part++) {
    unsigned pair = 0;
    for (int half = 0; half < 2; half++) {
      const int i = 2 * part + half;
      const int row = i < 2 || (i >= 4 && i < 6) ? group : group + 8;
      const int column = member * 2 + (i & 1) + (i >= 4 ? 8 : 0);
      pair |= static_cast<unsigned>(a[row * 16 + column]) << (16 * half);
    }
    left[part] = pair;
  }
  for (int part = 0; part < 2; part++) {
    unsigned pair = 0;
    for (int half = 0; half < 2; half++) {
      const int i = 2 * part + half;
      const int row = member * 2 + (i & 1) + (i >= 2 ? 8 : 0);
      pair |= static_cast<unsigned>(b[row * 8 + group]) << (16 * half);
    }
    right[part] = pair;
  }
  for (int i = 0; i < 4; i++) {
    accumulator[i] = sum[(i < 2 ? group : group + 8) * 8 + member * 2 + (i & 1)];
  }
  mmaBfloat16(accumulator, left, right);
  for (int i = 0; i < 4; i++) {
    sum[(i < 2 ? group : group + 8) * 8 + member * 2 + (i & 1)] = accumulator[i];
  }
}

// sum [16][8] += a [16][8] * b [8][8], all row-major. Converted or not: the product looks at the upper 19 bits alone.
KERNEL(productOfTf32, 32, const float* a, const float* b, float* sum, int convert) {
  const int group = laneIndex() >> 2;
  const int member = laneIndex() % 4;
  unsigned left[4];
  unsigned right[2];
  float accumulator[4];
  for (int i = 0; i < 4; i++) {
    const float value = a[(i == 0 || i == 2 ? group : group + 8) * 8 + (i < 2 ? member : member + 4)];
    left[i] = convert != 0 ? toTf32(value) : floatBits(value);
  }
  for (int i = 0; i < 2; i++) {
    const float value = b[(i == 0 ? member : member + 4) * 8 + group];
    right[i] = convert != 0 ? toTf32(value) : floatBits(value);
  }
  for (int i = 0; i < 4; i++) {
    accumulator[i] = sum[(i < 2 ? group : group + 8) * 8 + member * 2 + (i & 1)];
  }
  mmaTf32(accumulator, left, right);
  for (int i = 0; i < 4; i++) {
    sum[(i < 2 ? group : group + 8) * 8 + member * 2 + (i & 1)] = accumulator[i];
  }
}

// registers: [2][32][2]: two matrices [16][8] loaded as they are and transposed.
KERNEL(loadPairs, 32, const unsigned short* matrix, unsigned* registers) {
  SHARED_DYNAMIC(unsigned short, copy);
  for (int element = laneIndex(); element < 128; element += 32) {
    copy[element] = matrix[element];
  }
  warpBarrier();
  unsigned parts[2];
  loadMatrix2(parts, copy + laneIndex() % 16 * 8);
  registers[laneIndex() * 2] = parts[0];
  registers[laneIndex() * 2 + 1] = parts[1];
  unsigned four[4];
  // The same two matrices twice over, so that the last two must be as the first.
  loadMatrix4Transposed(four, copy + laneIndex() % 16 * 8);
  registers[64 + laneIndex() * 2] = four[0] == four[2] ? four[0] : 0;
  registers[64 + laneIndex() * 2 + 1] = four[1] == four[3] ? four[1] : 0;
}

KERNEL(convert, 32, const unsigned* bits, unsigned* bfloat16, unsigned* tf32, unsigned* pairs, int count) {
  for (int index = laneIndex(); index < count; index += 32) {
    const float value = bitsFloat(bits[index]);
    bfloat16[index] = toBfloat16(value);
    // As a factor it has the same bits, as far as these count.
    tf32[index] = toTf32Factor(value) >> 13 == toTf32(value) >> 13 || value != value ? toTf32(value) : 0;
    pairs[index] = packBfloat16(value, bitsFloat(bits[(index + 1) % count]));
  }
}

KERNEL(arithmetic, 32, const unsigned* a, const unsigned* b, unsigned* high, float* fused, int count) {
  for (int index = laneIndex(); index < count; index += 32) {
    high[index] = multiplyHigh(a[index], b[index]);
    fused[index] = fusedMultiplyAdd(bitsFloat(a[index]), bitsFloat(b[index]), -1.0f);
  }
}

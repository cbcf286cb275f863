// What the kernels share that compute one step of a few rows, as when texts are written. There each weight is needed once for all rows, so
// that what counts is to read the weights, all at once: the threads of a warp or a block share the terms of a sum. They read weights where
// they lie; 12 MB for two layers of 512 units stay in the second-level cache.
//
// The order of a sum is the same for any number of rows. A thread adds its own terms: of every so many pieces of four k one, piece after
// piece, as a chain of fused multiply-adds. Then come the lanes of a warp, in pairs that are 16, 8, 4, 2, 1 apart. Factors are rounded as in
// the other products of the precision.
#pragma once
#include "kernel.h"

namespace writing {

static const int TILE_ROWS = 8;  // rows that use what a block has read; more have blocks of their own
static const int LANES = 32;

// How the factors of a product are rounded.
struct Tf32 {
  DEVICE float rounded(float value) { return bitsFloat(toTf32(value)); }
};
struct Bf16 {
  DEVICE float rounded(float value) { return fromBfloat16(toBfloat16(value)); }
};

// One of the products whose sum is wanted: lines of weights, by rows of values.
struct Product {
  const float* weights;  // the block's first line
  size_t nextLine;       // how far it is to the next
  const float* values;   // the block's first row
};

// The first of the block's rows, and how many there are.
DEVICE int firstRow() { return blockIndexY() * TILE_ROWS; }
DEVICE int rowsHere(int rows) { return rows - firstRow() < TILE_ROWS ? rows - firstRow() : TILE_ROWS; }

// Four values from k on; beyond the end are zeros. In fours, if depth is a multiple of four: every line then begins at 16 bytes.
template <bool inFours>
DEVICE float4 fourOf(const float* line, int k, int depth) {
  if (inFours) {
    return *reinterpret_cast<const float4*>(line + k);
  }
  return make_float4(line[k], k + 1 < depth ? line[k + 1] : 0.0f, k + 2 < depth ? line[k + 2] : 0.0f, k + 3 < depth ? line[k + 3] : 0.0f);
}

template <typename Rounding>
DEVICE float4 rounded(float4 four) {
  return make_float4(Rounding::rounded(four.x), Rounding::rounded(four.y), Rounding::rounded(four.z), Rounding::rounded(four.w));
}

// sums [most][lines] += the terms of a piece, for `rows` of at most `most` rows; those of the first product come before the second's. All
// weights are on their way before the first is used.
template <typename Rounding, bool inFours, int most, int lines, int products>
DEVICE void addPiece(float (&sums)[most * lines], const Product (&product)[products], int rows, int k, int depth) {
  float4 weights[products][lines];
  UNROLLED for (int i = 0; i < products; i++) {
    UNROLLED for (int line = 0; line < lines; line++) {
      weights[i][line] = fourOf<inFours>(product[i].weights + line * product[i].nextLine, k, depth);
    }
  }
  UNROLLED for (int i = 0; i < products; i++) {
    UNROLLED for (int line = 0; line < lines; line++) {
      weights[i][line] = rounded<Rounding>(weights[i][line]);
    }
  }
  UNROLLED for (int row = 0; row < most; row++) {
    if (most == 1 || row < rows) {
      float4 values[products];
      UNROLLED for (int i = 0; i < products; i++) {
        values[i] = fourOf<inFours>(product[i].values + row * static_cast<size_t>(depth), k, depth);
      }
      UNROLLED for (int i = 0; i < products; i++) {
        const float4 value = rounded<Rounding>(values[i]);
        UNROLLED for (int line = 0; line < lines; line++) {
          const float4 weight = weights[i][line];
          float& sum = sums[row * lines + line];
          sum = fusedMultiplyAdd(value.x, weight.x, sum);
          sum = fusedMultiplyAdd(value.y, weight.y, sum);
          sum = fusedMultiplyAdd(value.z, weight.z, sum);
          sum = fusedMultiplyAdd(value.w, weight.w, sum);
        }
      }
    }
  }
}

// Adds up each of `count` values, a power of two, over the lanes of a warp, those of pairs that are `distance` apart and closer; lane l
// returns the sum of value l / (32 / count). Two lanes share the values that they both have, so that each goes on with half of them.
template <int count, int distance = LANES / 2>
DEVICE float sumOverLanes(const float (&values)[count]) {
  constexpr int half = count > 1 ? count / 2 : 1;
  float sums[half];
  const bool upper = (laneIndex() & distance) != 0;
  UNROLLED for (int i = 0; i < half; i++) {
    const float given = count > 1 && !upper ? values[count / 2 + i] : values[i];
    const float kept = count > 1 && upper ? values[count / 2 + i] : values[i];
    sums[i] = kept + shuffleXor(given, distance);
  }
  if constexpr (distance > 1) {
    return sumOverLanes<half, distance / 2>(sums);
  } else {
    return sums[0];
  }
}

}  // namespace writing

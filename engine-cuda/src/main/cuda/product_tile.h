// A tile of the result of a product on tensor cores: how a block of 4 warps cuts it out, and how it stores it.
//
// A block computes [2 * 16 * down][2 * 8 * across] of c: its warps stand 2 by 2, and each multiplies `down` times `across` matrices of 16x8.
// 64x64 a warp is what 128 registers of sums can hold: each value that it reads of shared memory is multiplied 64 times, and two blocks share a
// multiprocessor, of which one multiplies while the other waits or stores. Tiles are numbered row by row in the first dimension of the grid, so
// that blocks that run together read the same rows of a. The second dimension cuts the depth into slices of which each gives a sum of its own,
// at c + slice * m * n: a gradient of weights has few tiles, but a great depth. Slices depend on the sizes only, and are added in order by
// addSlices, so that results repeat.
//
// An element's sum runs over k in increasing order, 8 or 16 at a time within the tensor core, from zero; then the addend is added, unless it
// is null. Its rows lie `addendLine` floats apart: n for a matrix, which may be c itself, or 0 for a row that is added to all. Tiles of either
// size give the same bits.
#pragma once

#include "kernel.h"

namespace tensor {

static const int THREADS = 128;
static const int WARPS_ACROSS = 2;

// What a launch computes: c [m,n], and what is added to it.
struct Result {
  float* c;
  const float* addend;
  int m;
  int n;
  int addendLine;
};

// Where a block's tile begins in c, and which k it adds up.
struct Place {
  int row;
  int column;
  int begin;
  int end;
};

template <int down, int across>
DEVICE Place place(const Result& result, int depth, int slice) {
  const int columns = (result.n + 16 * across - 1) / (16 * across);
  const int begin = blockIndexY() * slice;
  const int rest = depth - begin;
  return {blockIndex() / columns * (32 * down), blockIndex() % columns * (16 * across), begin, begin + (rest < slice ? rest : slice)};
}

// Where a warp's part begins in the tile.
template <int down>
DEVICE int warpRow() { return warpIndex() / WARPS_ACROSS * (16 * down); }
template <int across>
DEVICE int warpColumn() { return warpIndex() % WARPS_ACROSS * (8 * across); }

template <int down, int across>
DEVICE void clear(float (&sums)[down][across][4]) {
  for (int i = 0; i < down; i++) {
    for (int j = 0; j < across; j++) {
      for (int element = 0; element < 4; element++) {
        sums[i][j][element] = 0.0f;
      }
    }
  }
}

// Two neighbors of a row of which there are so many more columns.
DEVICE float2 loadPair(const float* from, bool paired, int columns) {
  if (paired) {
    return columns > 0 ? *reinterpret_cast<const float2*>(from) : make_float2(0.0f, 0.0f);
  }
  return make_float2(columns > 0 ? from[0] : 0.0f, columns > 1 ? from[1] : 0.0f);
}

DEVICE void storePair(float* target, bool paired, int columns, float2 pair) {
  if (paired) {
    if (columns > 0) {
      *reinterpret_cast<float2*>(target) = pair;
    }
    return;
  }
  if (columns > 0) {
    target[0] = pair.x;
  }
  if (columns > 1) {
    target[1] = pair.y;
  }
}

template <int down, int across>
DEVICE void store(const Result& result, const Place& place, const float (&sums)[down][across][4]) {
  float* c = result.c + static_cast<size_t>(blockIndexY()) * result.m * result.n;
  const bool paired = ((reinterpret_cast<size_t>(c) | reinterpret_cast<size_t>(result.addend)) & 7) == 0 && (result.n & 1) == 0;
  const int column = place.column + warpColumn<across>() + 2 * (laneIndex() & 3);
  UNROLLED for (int i = 0; i < 2 * down; i++) {
    const int row = place.row + warpRow<down>() + (laneIndex() >> 2) + 8 * i;
    if (row >= result.m) {
      return;
    }
    // All of a row is loaded before any of it is stored: the addend may be c, so that the compiler may not exchange the two.
    float2 pairs[across];
    const float* addend = result.addend + static_cast<size_t>(row) * result.addendLine + column;
    UNROLLED for (int j = 0; j < across; j++) {
      const float2 before = result.addend ? loadPair(addend + 8 * j, paired, result.n - column - 8 * j) : make_float2(0.0f, 0.0f);
      pairs[j] = make_float2(before.x + sums[i / 2][j][i % 2 * 2], before.y + sums[i / 2][j][i % 2 * 2 + 1]);
    }
    float* target = c + static_cast<size_t>(row) * result.n + column;
    UNROLLED for (int j = 0; j < across; j++) {
      storePair(target + 8 * j, paired, result.n - column - 8 * j, pairs[j]);
    }
  }
}

}  // namespace tensor

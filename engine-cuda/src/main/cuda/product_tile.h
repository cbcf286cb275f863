// What the products on tensor cores share: how a block of 8 warps cuts out its tile of the result, and how it stores it.
//
// A block computes [32 * down][32 * across] of c = [2 * 16 * down][4 * 8 * across]: its warps stand 2 by 4, and each multiplies `down` times
// `across` matrices of 16x8. Tiles are numbered row by row in the first dimension of the grid, so that blocks that run together read the same
// rows of a. The second dimension cuts the depth into slices of which each gives a sum of its own, at c + slice * m * n: a gradient of
// weights has few tiles, but a great depth. Slices depend on the sizes only, and are added in order by addSlices, so that results repeat.
//
// An element's sum runs over k in increasing order, 8 or 16 at a time within the tensor core, from zero; then the addend is added, unless it
// is null. Its rows lie `addendLine` floats apart: n for a matrix, which may be c itself, or 0 for a row that is added to all. Tiles of either
// size give the same bits.
#pragma once

#include "kernel.h"

namespace tensor {

static const int THREADS = 256;
static const int WARPS_ACROSS = 4;

// The factors and the result of a launch.
struct Product {
  float* c;
  const float* addend;
  const float* a;
  const float* b;
  int m;
  int n;
  int depth;
  int slice;
  int addendLine;
};

// The rows of a, or the columns of b, as they lie in memory: `along` if a line's elements for k, k + 1... lie side by side, otherwise its
// neighbors do.
struct Factor {
  const float* values;
  int lines;
  int depth;
  bool aligned;  // four elements that lie side by side, the first with an index that is a multiple of 4, can be copied at once
};

template <bool along>
DEVICE Factor factor(const float* values, int lines, int depth) {
  bool aligned = (reinterpret_cast<size_t>(values) & 15) == 0 && ((along ? depth : lines) & 3) == 0;
  return {values, lines, depth, aligned};
}

template <bool along>
DEVICE const float* element(const Factor& factor, int line, int k) {
  size_t index = along ? static_cast<size_t>(line) * factor.depth + k : static_cast<size_t>(k) * factor.lines + line;
  return factor.values + index;
}

// Where a block's tile begins in c, and which k it adds up.
struct Place {
  int row;
  int column;
  int begin;
  int end;
};

template <int down, int across>
DEVICE Place place(const Product& product) {
  const int columns = (product.n + 32 * across - 1) / (32 * across);
  const int begin = blockIndexY() * product.slice;
  const int rest = product.depth - begin;
  return {blockIndex() / columns * (32 * down), blockIndex() % columns * (32 * across), begin, begin + (rest < product.slice ? rest : product.slice)};
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

// Stores two neighbors, as far as they lie in c, with what is added to them.
DEVICE void storePair(const Product& product, float* c, bool paired, int row, int column, float first, float second) {
  if (row >= product.m || column >= product.n) {
    return;
  }
  float* target = c + static_cast<size_t>(row) * product.n + column;
  const float* addend = product.addend + static_cast<size_t>(row) * product.addendLine + column;
  if (paired) {
    float2 before = product.addend ? *reinterpret_cast<const float2*>(addend) : make_float2(0.0f, 0.0f);
    *reinterpret_cast<float2*>(target) = make_float2(before.x + first, before.y + second);
    return;
  }
  target[0] = (product.addend ? addend[0] : 0.0f) + first;
  if (column + 1 < product.n) {
    target[1] = (product.addend ? addend[1] : 0.0f) + second;
  }
}

template <int down, int across>
DEVICE void store(const Product& product, const Place& place, const float (&sums)[down][across][4]) {
  float* c = product.c + static_cast<size_t>(blockIndexY()) * product.m * product.n;
  const bool paired = ((reinterpret_cast<size_t>(c) | reinterpret_cast<size_t>(product.addend)) & 7) == 0 && (product.n & 1) == 0;
  const int row = place.row + warpRow<down>() + (laneIndex() >> 2);
  const int column = place.column + warpColumn<across>() + 2 * (laneIndex() & 3);
  UNROLLED for (int i = 0; i < down; i++) {
    UNROLLED for (int j = 0; j < across; j++) {
      storePair(product, c, paired, row + 16 * i, column + 8 * j, sums[i][j][0], sums[i][j][1]);
      storePair(product, c, paired, row + 16 * i + 8, column + 8 * j, sums[i][j][2], sums[i][j][3]);
    }
  }
}

}  // namespace tensor

// The kernels of one kind of tile, with its shared memory: a right factor that lies as [n][depth] runs along k, and so does a left one as
// [m][depth].
#define TENSOR_PRODUCT(name, kind, down, across, leftAlong, rightAlong)                                                                  \
  KERNEL(name, 256, float* c, const float* addend, const float* a, const float* b, int m, int n, int depth, int slice, int addendLine) {  \
    SHARED(kind::Element, stages, [kind::STAGES * (32 * (down) + 32 * (across)) * kind::DEPTH]);                                         \
    kind::multiply<down, across, leftAlong, rightAlong>(stages, {c, addend, a, b, m, n, depth, slice, addendLine});                       \
  }

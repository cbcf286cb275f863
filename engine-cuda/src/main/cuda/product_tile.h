// What the products on tensor cores share: how a block of 4 warps cuts out its tile of the result, and how it stores it.
//
// A block computes [2 * 16 * down][2 * 8 * across] of c: its warps stand 2 by 2, and each multiplies `down` times `across` matrices of 16x8.
// 64x64 a warp is what 128 registers of sums can hold: from each value that it reads of shared memory come 64 multiply-adds, and two blocks
// share a multiprocessor, of which one multiplies while the other waits or stores. Tiles are numbered row by row in the first dimension of the
// grid, so that blocks that run together read the same rows of a. The second dimension cuts the depth into slices of which each gives a sum of
// its own, at c + slice * m * n: a gradient of weights has few tiles, but a great depth. Slices depend on the sizes only, and are added in
// order by addSlices, so that results repeat.
//
// An element's sum runs over k in increasing order, 8 or 16 at a time within the tensor core, from zero; then the addend is added, unless it
// is null. Its rows lie `addendLine` floats apart: n for a matrix, which may be c itself, or 0 for a row that is added to all. Tiles of either
// size give the same bits.
#pragma once

#include "kernel.h"

namespace tensor {

static const int THREADS = 128;
static const int WARPS_ACROSS = 2;

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

// The pieces that a thread brings of `lines` lines of an aligned factor for each stage of `depth` k: four neighbors each.
template <int lines, int depth, bool along>
struct Pieces {
  static const int INNER = (along ? depth : lines) / 4;
  static const int STEP = THREADS / INNER;  // of lines, or of k where neighbors are lines, from one piece to the next
  static const int COUNT = lines * depth / 4 / THREADS;

  DEVICE int line(int piece) { return along ? threadIndex() / INNER + piece * STEP : threadIndex() % INNER * 4; }
  DEVICE int k(int piece) { return along ? threadIndex() % INNER * 4 : threadIndex() / INNER + piece * STEP; }

  // Where a piece lies in memory. Beyond the matrix the last lines take the place of others: what comes of those is not stored.
  DEVICE const float* from(const Factor& factor, int firstLine, int firstK, int piece) {
    const int wanted = firstLine + line(piece);
    const int last = factor.lines - (along ? 1 : 4);
    return element<along>(factor, wanted < last ? wanted : last, firstK + k(piece));
  }
};

// Where a block's tile begins in c, and which k it adds up.
struct Place {
  int row;
  int column;
  int begin;
  int end;
};

template <int down, int across>
DEVICE Place place(const Product& product) {
  const int columns = (product.n + 16 * across - 1) / (16 * across);
  const int begin = blockIndexY() * product.slice;
  const int rest = product.depth - begin;
  return {blockIndex() / columns * (32 * down), blockIndex() % columns * (16 * across), begin, begin + (rest < product.slice ? rest : product.slice)};
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

// Where a lane reads what it needs of its warp's lines in a part of a stage; for which lines or k each offset is, the arithmetic knows.
struct Lane {
  int offsets[4];
};

// sums += the warp's products of a stage. Of either factor 16 lines are loaded at once: the left one takes them as they are, the right one the
// first or the last 8.
template <typename Arithmetic, bool leftAlong, bool rightAlong, typename Element, int down, int across>
DEVICE void multiplyStage(float (&sums)[down][across][4], const Element* left, const Lane& leftLane, const Element* right, const Lane& rightLane) {
  UNROLLED for (int k = 0; k < Arithmetic::STAGE; k += Arithmetic::DEPTH) {
    unsigned a[down][4];
    unsigned b[across / 2][4];
    UNROLLED for (int i = 0; i < down; i++) {
      Arithmetic::template load<32 * down, leftAlong>(a[i], left, leftLane, i, k);
    }
    UNROLLED for (int j = 0; j < across / 2; j++) {
      Arithmetic::template load<16 * across, rightAlong>(b[j], right, rightLane, j, k);
    }
    UNROLLED for (int i = 0; i < down; i++) {
      UNROLLED for (int j = 0; j < across; j++) {
        const unsigned eight[2] = {b[j / 2][j % 2], b[j / 2][j % 2 + 2]};
        Arithmetic::multiply(sums[i][j], a[i], eight);
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
DEVICE void store(const Product& product, const Place& place, const float (&sums)[down][across][4]) {
  float* c = product.c + static_cast<size_t>(blockIndexY()) * product.m * product.n;
  const bool paired = ((reinterpret_cast<size_t>(c) | reinterpret_cast<size_t>(product.addend)) & 7) == 0 && (product.n & 1) == 0;
  const int column = place.column + warpColumn<across>() + 2 * (laneIndex() & 3);
  UNROLLED for (int i = 0; i < 2 * down; i++) {
    const int row = place.row + warpRow<down>() + (laneIndex() >> 2) + 8 * i;
    if (row >= product.m) {
      return;
    }
    // All of a row is loaded before any of it is stored: the addend may be c, so that the compiler may not exchange the two.
    float2 pairs[across];
    const float* addend = product.addend + static_cast<size_t>(row) * product.addendLine + column;
    UNROLLED for (int j = 0; j < across; j++) {
      const float2 before = product.addend ? loadPair(addend + 8 * j, paired, product.n - column - 8 * j) : make_float2(0.0f, 0.0f);
      pairs[j] = make_float2(before.x + sums[i / 2][j][i % 2 * 2], before.y + sums[i / 2][j][i % 2 * 2 + 1]);
    }
    float* target = c + static_cast<size_t>(row) * product.n + column;
    UNROLLED for (int j = 0; j < across; j++) {
      storePair(target + 8 * j, paired, product.n - column - 8 * j, pairs[j]);
    }
  }
}

}  // namespace tensor

// The kernels of one kind of tile: a right factor that lies as [n][depth] runs along k, and so does a left one as [m][depth].
#define TENSOR_PRODUCT(name, kind, down, across, leftAlong, rightAlong)                                                                    \
  KERNEL_BLOCKS(name, 128, 2, float* c, const float* addend, const float* a, const float* b, int m, int n, int depth, int slice,           \
                int addendLine) {                                                                                                          \
    SHARED(kind::Element, stages, [kind::ELEMENTS]);                                                                                       \
    kind::multiply<down, across, leftAlong, rightAlong>(stages, {c, addend, a, b, m, n, depth, slice, addendLine});                         \
  }

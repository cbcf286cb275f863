// What the persistent kernels on tensor cores share. The weights are the left factor: a warp holds 16 lines of them, most in registers and
// the rest in shared memory, both rounded to TF32 once; the rows of the batch are the columns of the right factor, 16 of a group.
//
// What it takes for 512 units and 128 rows, as 8 groups of 16 blocks, each of 256 threads, 32 units and 16 rows: of the block's 256 KB of
// weights, forward has 192 KB in registers, 192 a thread, and 64 KB in shared memory, with 32 KB of state: 97 KB. Backward has 160 KB in
// registers, 160 a thread, and 96 KB in shared memory, with 51 KB of gradients on their way and 9 KB of sums: 156 KB.
#pragma once
#include "recurrent.h"

namespace tensorRecurrent {

static const int TENSOR_ROWS = 16;   // of a group
static const int TENSOR_DEPTH = 8;   // of k in one product of the tensor core
static const int PIECE = 8;   // products in a row, to which all counts are rounded up; the weights beyond the end are zeros

// The products that a depth takes.
DEVICE int productsOf(int depth) { return (depth + TENSOR_DEPTH * PIECE - 1) / (TENSOR_DEPTH * PIECE) * PIECE; }

// A warp's weights, of so many products in registers.
template <int count>
struct Weights {
  unsigned kept[count][4];
  const uint4* rest;  // the lane's part of the product that follows, in shared memory
  int distance;       // to that of the next product
};

// Brings the weights to where they stay. line(row, k) is the value of [16][depth], rounded.
template <int count, typename Line>
DEVICE void loadWeights(Weights<count>& weights, uint4* rest, int products, const Line& line) {
  const int row = laneIndex() >> 2;
  const int k = laneIndex() & 3;
  weights.distance = blockThreads();
  weights.rest = rest + threadIndex();
  UNROLLED for (int i = 0; i < count; i++) {
    const int first = i * TENSOR_DEPTH + k;
    weights.kept[i][0] = i < products ? line(row, first) : 0u;
    weights.kept[i][1] = i < products ? line(row + 8, first) : 0u;
    weights.kept[i][2] = i < products ? line(row, first + 4) : 0u;
    weights.kept[i][3] = i < products ? line(row + 8, first + 4) : 0u;
  }
  ROLLED for (int i = count; i < products; i++) {
    const int first = i * TENSOR_DEPTH + k;
    rest[(i - count) * blockThreads() + threadIndex()] =
        make_uint4(line(row, first), line(row + 8, first), line(row, first + 4), line(row + 8, first + 4));
  }
}

// Where a lane begins to read [16][8] of the right factor, which lies as rows of k.
DEVICE int lanePlace(int line) {
  const int lane = laneIndex();
  return ((lane >> 4) * 8 + (lane & 7)) * line + ((lane >> 3) & 1) * 4;
}

// sums [16][16] += 16 lines of weights for one k of TENSOR_DEPTH * 16 rows of it.
DEVICE void multiply(float (&sums)[2][4], const unsigned (&weights)[4], const float* right) {
  unsigned raw[4];
  loadMatrix4(raw, right);
  const unsigned first[2] = {toTf32(bitsFloat(raw[0])), toTf32(bitsFloat(raw[1]))};
  const unsigned second[2] = {toTf32(bitsFloat(raw[2])), toTf32(bitsFloat(raw[3]))};
  mmaTf32(sums[0], weights, first);
  mmaTf32(sums[1], weights, second);
}

// The same for one piece of k that is in registers, or that is not.
template <int piece, int count>
DEVICE void multiplyKept(float (&sums)[2][4], const Weights<count>& weights, const float* right) {
  UNROLLED for (int i = 0; i < PIECE; i++) {
    multiply(sums, weights.kept[piece * PIECE + i], right + i * TENSOR_DEPTH);
  }
}

template <int count>
DEVICE void multiplyRest(float (&sums)[2][4], const Weights<count>& weights, int piece, const float* right) {
  UNROLLED for (int i = 0; i < PIECE; i++) {
    const uint4 four = weights.rest[(piece * PIECE + i - count) * weights.distance];
    const unsigned own[4] = {four.x, four.y, four.z, four.w};
    multiply(sums, own, right + i * TENSOR_DEPTH);
  }
}

}  // namespace tensorRecurrent

// What the persistent kernels on tensor cores share. The weights are the left factor: a warp holds 16 lines of them, in registers as far as
// these reach and the rest in shared memory, rounded once; the rows of the batch are the columns of the right factor, 16 of a group.
//
// What it takes for 512 units and 128 rows, as 8 groups of 16 blocks, each of 256 threads, 32 units and 16 rows:
//   TF32, 256 KB of weights. Forward: 192 KB in registers, 192 a thread; 64 KB in shared memory, with 32 KB of state. Backward: 160 KB in
//   registers; 96 KB in shared memory, with 51 KB of gradients on their way and 9 KB of sums.
//   bfloat16, 128 KB of weights: 96 KB in registers, 96 a thread; 32 KB in shared memory, with 33 KB of state, or 54 KB of gradients and 9 KB
//   of sums. (nvcc keeps both halves of the weights apart while it loads them, so that more would not fit.)
#pragma once
#include "recurrent.h"

namespace tensorRecurrent {

static const int TENSOR_ROWS = 16;   // of a group
static const int TENSOR_PIECE = 64;  // of k, to which all depths are rounded up; the weights beyond the end are zeros

// The two of a warp's 16 lines of weights that a lane has parts of.
struct Lines {
  const float* first;  // its first line, from k = 0 on
  size_t second;       // how far its second line is from there
  bool has[2];         // whether they exist; otherwise they are zeros
  size_t next;         // how far it is from one k to the next
  int depth;
};

// A value of such a line; k is where `from` points in the first.
DEVICE float valueOf(const Lines& lines, const float* from, int line, int k, int more) {
  return lines.has[line] && k + more < lines.depth ? from[line * lines.second + more * lines.next] : 0.0f;
}

// Products of the tensor core in TF32. A line in shared memory ends with PAD floats, so that what a warp reads at once lies in other banks.
struct Tf32 {
  static const int DEPTH = 8;
  static const int PAD = 4;

  static const int LANE = 1;  // of k, that a lane has in a row

  // A lane's weights of one product, from its own k on.
  DEVICE void load(unsigned (&weights)[4], const Lines& lines, const float* from, int k) {
    UNROLLED for (int i = 0; i < 4; i++) {
      weights[i] = toTf32(valueOf(lines, from, i & 1, k, (i >> 1) * 4));
    }
  }

  // Where a lane begins to read [16][DEPTH] of the right factor, which lies as rows of k.
  DEVICE int place(int line) {
    const int lane = laneIndex();
    return ((lane >> 4) * 8 + (lane & 7)) * line + ((lane >> 3) & 1) * 4;
  }

  // sums [16][16] += 16 lines of weights, times 16 rows of the right factor.
  DEVICE void multiply(float (&sums)[2][4], const unsigned (&weights)[4], const float* right, int) {
    unsigned raw[4];
    loadMatrix4(raw, right);
    const unsigned first[2] = {toTf32(bitsFloat(raw[0])), toTf32(bitsFloat(raw[1]))};
    const unsigned second[2] = {toTf32(bitsFloat(raw[2])), toTf32(bitsFloat(raw[3]))};
    mmaTf32(sums[0], weights, first);
    mmaTf32(sums[1], weights, second);
  }
};

// The same in bfloat16, of which the right factor is made when it leaves shared memory.
struct Bf16 {
  static const int DEPTH = 16;
  static const int PAD = 8;

  static const int LANE = 2;

  DEVICE void load(unsigned (&weights)[4], const Lines& lines, const float* from, int k) {
    UNROLLED for (int i = 0; i < 4; i++) {
      const int more = (i >> 1) * 8;
      weights[i] = packBfloat16(valueOf(lines, from, i & 1, k, more), valueOf(lines, from, i & 1, k, more + 1));
    }
  }

  DEVICE int place(int line) { return (laneIndex() >> 2) * line + (laneIndex() & 3) * 2; }

  DEVICE unsigned pair(const float* two) {
    const float2 values = *reinterpret_cast<const float2*>(two);
    return packBfloat16(values.x, values.y);
  }

  DEVICE void multiply(float (&sums)[2][4], const unsigned (&weights)[4], const float* right, int line) {
    UNROLLED for (int i = 0; i < 2; i++) {
      const unsigned own[2] = {pair(right + 8 * i * line), pair(right + 8 * i * line + 8)};
      mmaBfloat16(sums[i], weights, own);
    }
  }
};

// Pieces of a depth.
DEVICE int piecesOf(int depth) { return (depth + TENSOR_PIECE - 1) / TENSOR_PIECE; }

// A warp's weights, of so many pieces in registers.
template <typename Arithmetic, int kept>
struct Weights {
  static const int PRODUCTS = TENSOR_PIECE / Arithmetic::DEPTH;  // of a piece

  unsigned registers[kept * PRODUCTS][4];
  const uint4* rest;  // the lane's part of the product that follows, in shared memory
  int distance;       // to that of the next product
};

// Brings the weights to where they stay.
template <typename Arithmetic, int kept>
DEVICE void loadWeights(Weights<Arithmetic, kept>& weights, float* shared, int pieces, const Lines& lines) {
  const int products = weights.PRODUCTS;
  uint4* rest = reinterpret_cast<uint4*>(shared) + threadIndex();
  weights.rest = rest;
  weights.distance = blockThreads();
  int k = (laneIndex() & 3) * Arithmetic::LANE;
  const float* from = lines.first + k * lines.next;
  UNROLLED for (int piece = 0; piece < kept; piece++) {
    UNROLLED for (int i = piece * products; i < (piece + 1) * products; i++) {
      Arithmetic::load(weights.registers[i], lines, from, k);
      k += Arithmetic::DEPTH;
      from += Arithmetic::DEPTH * lines.next;
    }
    warpBarrier();  // more loads under way at once would take registers away from weights
  }
  ROLLED for (int i = kept * products; i < pieces * products; i++) {
    unsigned own[4];
    Arithmetic::load(own, lines, from, k);
    *rest = make_uint4(own[0], own[1], own[2], own[3]);
    rest += weights.distance;
    k += Arithmetic::DEPTH;
    from += Arithmetic::DEPTH * lines.next;
  }
}

// sums += the products of all pieces in turn; right(piece) is where the lane begins to read one, in lines of that length.
template <typename Arithmetic, int kept, typename Right>
DEVICE void multiplyPieces(float (&sums)[2][4], const Weights<Arithmetic, kept>& weights, int pieces, int line, const Right& right) {
  const int products = weights.PRODUCTS;
  UNROLLED for (int piece = 0; piece < kept; piece++) {
    if (piece < pieces) {
      const float* const from = right(piece);
      UNROLLED for (int i = 0; i < products; i++) {
        Arithmetic::multiply(sums, weights.registers[piece * products + i], from + i * Arithmetic::DEPTH, line);
      }
    }
  }
  ROLLED for (int piece = kept; piece < pieces; piece++) {
    const float* const from = right(piece);
    UNROLLED for (int i = 0; i < products; i++) {
      const uint4 four = weights.rest[((piece - kept) * products + i) * weights.distance];
      const unsigned own[4] = {four.x, four.y, four.z, four.w};
      Arithmetic::multiply(sums, own, from + i * Arithmetic::DEPTH, line);
    }
  }
}

}  // namespace tensorRecurrent

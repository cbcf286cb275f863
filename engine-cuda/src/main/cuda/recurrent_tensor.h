// What the persistent kernels on tensor cores share. The weights are the left factor: a warp holds some lines of them, in registers as far
// as these reach and the rest in shared memory, rounded once. The rows of the batch are the columns of the right factor. Who computes a
// value that others multiply rounds it, once, and lays it into the exchange, of which two steps are kept: who writes the next step but one
// has seen everybody announce the next, and thus to have read this one.
//
// A group has 16 rows, of which a warp multiplies 16 lines, or in bfloat16 8 rows and 32 lines: either is 256 sums. For 512 units and 128
// rows:
//   TF32, 8 groups of 16 blocks, each of 32 units with 256 KB of weights: 192 KB in registers, 192 a thread, the rest in shared memory.
//   bfloat16, 16 groups of 8 blocks, each of 64 units with 256 KB of weights: likewise. Half the rows are half of what a block reads.
#pragma once
#include "recurrent.h"

namespace tensorRecurrent {

// Of the right factor, what lies in shared memory at once is pieces of so many bytes of k for each row, in lines with 16 bytes more, so that
// eight neighbors' parts of 16 bytes lie in other banks. All depths are rounded up to pieces, with zeros.
static const int PIECE_BYTES = 256;
static const int LINE_BYTES = PIECE_BYTES + 16;

// Products of one piece, each with 32 bytes of k of a row.
static const int PRODUCTS = PIECE_BYTES / 32;

// Steps of which the exchange is kept.
static const int EXCHANGED_STEPS = 2;

// The lines of a warp's weights that a lane has parts of.
struct Lines {
  const float* first;  // from k = 0 on
  size_t distance;     // from one to the next
  int count;           // that there are; the others are zeros
  size_t next;         // how far it is from one k to the next
  int depth;
};

// A value of such a line; k is where `from` points in the first.
DEVICE float valueOf(const Lines& lines, const float* from, int line, int k, int more) {
  return line < lines.count && k + more < lines.depth ? from[line * lines.distance + more * lines.next] : 0.0f;
}

// Products of the tensor core in TF32.
struct Tf32 {
  using Element = unsigned;
  static const int DEPTH = 8;
  static const int LANE = 1;  // of k, that a lane has in a row

  // A lane's weights of one product, of two of its lines, from its own k on.
  DEVICE void load(unsigned (&weights)[4], const Lines& lines, int line, const float* from, int k) {
    UNROLLED for (int i = 0; i < 4; i++) {
      weights[i] = toTf32(valueOf(lines, from, line + (i & 1), k, (i >> 1) * 4));
    }
  }

  DEVICE Element rounded(float value) { return toTf32(value); }
  DEVICE void storeFreshPair(Element* to, float first, float second) {
    storeFresh(reinterpret_cast<uint2*>(to), make_uint2(toTf32(first), toTf32(second)));
  }
  DEVICE void multiply(float (&sums)[4], const unsigned (&weights)[4], const unsigned (&right)[2]) { mmaTf32(sums, weights, right); }
};

// The same in bfloat16.
struct Bf16 {
  using Element = unsigned short;
  static const int DEPTH = 16;
  static const int LANE = 2;

  DEVICE void load(unsigned (&weights)[4], const Lines& lines, int line, const float* from, int k) {
    UNROLLED for (int i = 0; i < 4; i++) {
      const int more = (i >> 1) * 8;
      weights[i] = packBfloat16(valueOf(lines, from, line + (i & 1), k, more), valueOf(lines, from, line + (i & 1), k, more + 1));
    }
  }

  DEVICE Element rounded(float value) { return toBfloat16(value); }
  DEVICE void storeFreshPair(Element* to, float first, float second) {
    storeFresh(reinterpret_cast<unsigned*>(to), packBfloat16(first, second));
  }
  DEVICE void multiply(float (&sums)[4], const unsigned (&weights)[4], const unsigned (&right)[2]) { mmaBfloat16(sums, weights, right); }
};

// How a kernel is made: a warp has 16 lines of weights in each of its tiles, of which so many pieces are kept in registers; of the right
// factor there is room for so many stages, which are pieces: one is multiplied while the others are on their way.
template <typename Arithmetic_, int tiles, int kept, int stages>
struct Form {
  using Arithmetic = Arithmetic_;
  using Element = typename Arithmetic::Element;
  static const int TILES = tiles;
  static const int ROWS = 16 / tiles;
  static const int KEPT = kept;
  static const int STAGES = stages;
  static const int PIECE = PRODUCTS * Arithmetic::DEPTH;  // of k

  DEVICE int pieces(int depth) { return (depth + PIECE - 1) / PIECE; }
};

// A warp's weights.
template <typename Form>
struct Weights {
  unsigned registers[Form::KEPT * PRODUCTS * Form::TILES][4];
  const uint4* rest;  // the lane's part of the product that follows, in shared memory
};

// Of a lane's weights, these are loaded at once: for four products, or half as many with two tiles. `from` and k move on.
template <typename Form>
DEVICE void loadFour(uint4 (&four)[4], const Lines& lines, const float*& from, int& k) {
  using Arithmetic = typename Form::Arithmetic;
  UNROLLED for (int i = 0; i < 4; i++) {
    unsigned own[4];
    Arithmetic::load(own, lines, i % Form::TILES * 2, from, k);
    four[i] = make_uint4(own[0], own[1], own[2], own[3]);
    if (i % Form::TILES == Form::TILES - 1) {
      k += Arithmetic::DEPTH;
      from += Arithmetic::DEPTH * lines.next;
    }
  }
}

// Brings the weights to where they stay. The stages, which are not in use yet, are a way round that the compiler cannot shorten: it would
// keep values in registers before they are rounded, more of them than there are registers.
template <typename Form>
DEVICE void loadWeights(Weights<Form>& weights, void* stages, void* shared, int pieces, const Lines& lines) {
  uint4* const slot = static_cast<uint4*>(stages) + threadIndex();
  uint4* rest = static_cast<uint4*>(shared) + threadIndex();
  weights.rest = rest;
  int k = (laneIndex() & 3) * Form::Arithmetic::LANE;
  const float* from = lines.first + k * lines.next;
  uint4 four[4];
  UNROLLED for (int i = 0; i < Form::KEPT * PRODUCTS * Form::TILES; i += 4) {
    loadFour<Form>(four, lines, from, k);
    UNROLLED for (int j = 0; j < 4; j++) {
      *slot = four[j];
      warpBarrier();
      const uint4 own = *slot;
      weights.registers[i + j][0] = own.x;
      weights.registers[i + j][1] = own.y;
      weights.registers[i + j][2] = own.z;
      weights.registers[i + j][3] = own.w;
    }
  }
  ROLLED for (int i = Form::KEPT * PRODUCTS * Form::TILES; i < pieces * PRODUCTS * Form::TILES; i += 4) {
    loadFour<Form>(four, lines, from, k);
    UNROLLED for (int j = 0; j < 4; j++) {
      *rest = four[j];
      rest += blockThreads();
    }
  }
}

// sums += a warp's weights for twice DEPTH of k, times the right factor, which lies as rows of k. Of one tile, sums are [2][16 lines][8 of
// the rows]; of two, the 16 lines of each and 8 rows.
template <typename Form>
DEVICE void multiplyTwo(float (&sums)[2][4], const unsigned (*weights)[4], const unsigned char* right) {
  using Arithmetic = typename Form::Arithmetic;
  UNROLLED for (int load = 0; load < 2 / Form::TILES; load++) {
    unsigned own[4];
    loadMatrix4(own, right + 32 * load);
    const unsigned halves[2][2] = {{own[0], own[1]}, {own[2], own[3]}};
    UNROLLED for (int i = 0; i < 2 * Form::TILES; i++) {
      // One tile multiplies both halves of the rows; two multiply all rows with the first half of k, then with the second.
      Arithmetic::multiply(sums[i % 2], weights[Form::TILES == 1 ? load : i], halves[Form::TILES == 1 ? i : i / 2]);
    }
  }
}

// Where in a piece a lane begins to read, for multiplyTwo.
template <typename Form>
DEVICE int placeInPiece() {
  const int lane = laneIndex();
  const int half = lane >> 4;
  const int quarter = (lane >> 3) & 1;
  const int row = lane & 7;
  return Form::TILES == 1 ? (half * 8 + row) * LINE_BYTES + quarter * 16 : row * LINE_BYTES + half * 32 + quarter * 16;
}

// sums += the products of all pieces in turn; right(piece) is where the lane begins to read one.
template <typename Form, typename Right>
DEVICE void multiplyPieces(float (&sums)[2][4], const Weights<Form>& weights, int pieces, const Right& right) {
  UNROLLED for (int piece = 0; piece < Form::KEPT; piece++) {
    if (piece < pieces) {
      const unsigned char* const from = right(piece);
      UNROLLED for (int i = 0; i < PRODUCTS; i += 2) {
        multiplyTwo<Form>(sums, &weights.registers[(piece * PRODUCTS + i) * Form::TILES], from + 32 * i);
      }
    }
  }
  const uint4* rest = weights.rest;
  ROLLED for (int piece = Form::KEPT; piece < pieces; piece++) {
    const unsigned char* const from = right(piece);
    UNROLLED for (int i = 0; i < PRODUCTS; i += 2) {
      unsigned own[2 * Form::TILES][4];
      UNROLLED for (int j = 0; j < 2 * Form::TILES; j++) {
        const uint4 four = *rest;
        own[j][0] = four.x;
        own[j][1] = four.y;
        own[j][2] = four.z;
        own[j][3] = four.w;
        rest += blockThreads();
      }
      multiplyTwo<Form>(sums, own, from + 32 * i);
    }
  }
}

}  // namespace tensorRecurrent

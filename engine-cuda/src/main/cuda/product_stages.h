// How a block multiplies its tile on tensor cores, stage by stage of the depth, in either precision. Of both factors a stage is copied to
// shared memory while others are multiplied; what a thread copies and reads there is worked out before the first.
//
// An Arithmetic says what differs:
//   Element            what factors are made of; a stage has 64 bytes of each line
//   STAGE, DEPTH       of k in a stage, and in one product of the tensor core
//   offset<lines, along>(line, k)    where an element lies in the part of a stage that holds `lines` lines: pieces of 16 bytes are exchanged
//                      so that what a warp reads or writes at once lies in different banks
//   lane<lines, along, left>(first)  where the lane begins to read the lines of its warp, from this one on
//   load<lines, along, left>(four, part, lane, sixteen, k)    its part of 16 of these lines, for the tensor core to multiply: 8 lines with half
//                      of the k each, of the left factor first the other lines, of the right one first the other k
//   multiply(sums, a, b)             sums [16][8] += 16 lines times 8
#ifndef LEVIN_PRODUCT_STAGES  // rather than #pragma once: the tests include it again, with words that mean something else
#define LEVIN_PRODUCT_STAGES

#include "product_tile.h"

namespace productStages {

using tensor::Place;
using tensor::Result;

static const int BYTES = 49152;  // of all stages, which every GPU gives: 3 of the large tile, 8 of the small one

// The rows of a, or the columns of b, as they lie in memory. If they lie along k, a line's elements for k, k + 1... are neighbors, and it is
// `line` elements to the next line; otherwise lines are neighbors, and it is as far to the next k. Rows of the matrix begin at multiples of 16
// bytes, and are whole pieces of so many; where it has no more columns they hold zeros.
template <typename Element>
struct Factor {
  const Element* values;
  int lines;
  int line;
};

template <bool along, typename Element>
DEVICE const Element* element(const Factor<Element>& factor, int line, int k) {
  return factor.values + (along ? static_cast<size_t>(line) * factor.line + k : static_cast<size_t>(k) * factor.line + line);
}

// Where a lane reads what it needs of its warp's lines in a part; for which lines or k each offset is, the arithmetic knows.
struct Lane {
  int offsets[4];
};

// The pieces of 16 bytes that a thread copies for each stage of `lines` lines of a factor.
template <typename Arithmetic, int lines, bool along>
struct Copies {
  using Element = typename Arithmetic::Element;
  static const int STAGE = Arithmetic::STAGE;
  static const int PIECE = 16 / sizeof(Element);
  static const int INNER = (along ? STAGE : lines) / PIECE;
  static const int STEP = tensor::THREADS / INNER;  // of lines, or of k where lines are neighbors, from one piece to the next
  static const int COUNT = lines * STAGE / PIECE / tensor::THREADS;
  static const int DISTANCE = STEP * (along ? STAGE : lines);
  static_assert(COUNT == 1 || STEP % (along ? 8 : PIECE) == 0, "the pieces of one thread would be exchanged differently");

  DEVICE int line(int piece) { return along ? threadIndex() / INNER + piece * STEP : threadIndex() % INNER * PIECE; }
  DEVICE int k(int piece) { return along ? threadIndex() % INNER * PIECE : threadIndex() / INNER + piece * STEP; }

  const Element* from[COUNT];  // in the stage that is copied next
  size_t stage;                // elements to the one after it
  int target;                  // of the first piece, in its part
};

// Before the first stage, for lines from `first` on. Beyond the matrix its last lines take the place of others: what comes of those is not
// stored.
template <typename Arithmetic, int lines, bool along, typename Element>
DEVICE Copies<Arithmetic, lines, along> copies(const Factor<Element>& factor, int first, int begin) {
  using Copies = Copies<Arithmetic, lines, along>;
  const int last = along ? factor.lines - 1 : (factor.lines - 1) / Copies::PIECE * Copies::PIECE;
  Copies copies;
  UNROLLED for (int i = 0; i < Copies::COUNT; i++) {
    const int wanted = first + Copies::line(i);
    copies.from[i] = element<along>(factor, wanted < last ? wanted : last, begin + Copies::k(i));
  }
  copies.stage = along ? Copies::STAGE : static_cast<size_t>(Copies::STAGE) * factor.line;
  copies.target = Arithmetic::template offset<lines, along>(Copies::line(0), Copies::k(0));
  return copies;
}

// Copies the next stage, for k from `begin` on; beyond `end` come zeros.
template <typename Arithmetic, int lines, bool along, typename Element>
DEVICE void copy(Element* part, Copies<Arithmetic, lines, along>& copies, int begin, int end) {
  using Copies = Copies<Arithmetic, lines, along>;
  UNROLLED for (int i = 0; i < Copies::COUNT; i++) {
    copyAsync16OrZero(part + copies.target + i * Copies::DISTANCE, copies.from[i], begin + Copies::k(i) < end);
    copies.from[i] += copies.stage;
  }
}

// sums += the warp's products of a stage. Of either factor 16 lines are loaded at once, of which the right one takes 8.
template <typename Arithmetic, bool leftAlong, bool rightAlong, typename Element, int down, int across>
DEVICE void multiplyStage(float (&sums)[down][across][4], const Element* left, const Lane& leftLane, const Element* right, const Lane& rightLane) {
  UNROLLED for (int k = 0; k < Arithmetic::STAGE; k += Arithmetic::DEPTH) {
    unsigned a[down][4];
    unsigned b[across / 2][4];
    UNROLLED for (int i = 0; i < down; i++) {
      Arithmetic::template load<32 * down, leftAlong, true>(a[i], left, leftLane, i, k);
    }
    UNROLLED for (int j = 0; j < across / 2; j++) {
      Arithmetic::template load<16 * across, rightAlong, false>(b[j], right, rightLane, j, k);
    }
    UNROLLED for (int i = 0; i < down; i++) {
      UNROLLED for (int j = 0; j < across; j++) {
        const unsigned eight[2] = {b[j / 2][j % 2 * 2], b[j / 2][j % 2 * 2 + 1]};
        Arithmetic::multiply(sums[i][j], a[i], eight);
      }
    }
  }
}

template <typename Arithmetic, int down, int across, bool leftAlong, bool rightAlong, typename Element>
DEVICE void multiply(Element* stages, const Result& result, const Factor<Element>& left, const Factor<Element>& right, int depth, int slice) {
  const int rows = 32 * down;
  const int columns = 16 * across;
  const int leftSize = rows * Arithmetic::STAGE;
  const int size = leftSize + columns * Arithmetic::STAGE;
  const int count = BYTES / (size * static_cast<int>(sizeof(Element)));  // one is multiplied while the others are on their way
  const Place place = tensor::place<down, across>(result, depth, slice);
  auto leftCopies = copies<Arithmetic, rows, leftAlong>(left, place.row, place.begin);
  auto rightCopies = copies<Arithmetic, columns, rightAlong>(right, place.column, place.begin);
  // Groups of copies are counted, so that one is committed for every stage, even if it is past the end, and holds zeros that nobody reads.
  const auto copyStage = [&](Element* stage, int begin) {
    copy(stage, leftCopies, begin, place.end);
    copy(stage + leftSize, rightCopies, begin, place.end);
    copyAsyncCommit();
  };
  for (int number = 0; number < count - 1; number++) {
    copyStage(stages + number * size, place.begin + number * Arithmetic::STAGE);
  }
  const Lane leftLane = Arithmetic::template lane<rows, leftAlong, true>(tensor::warpRow<down>());
  const Lane rightLane = Arithmetic::template lane<columns, rightAlong, false>(tensor::warpColumn<across>());
  float sums[down][across][4];
  tensor::clear(sums);
  int multiplied = 0;
  int filled = (count - 1) * size;
  for (int begin = place.begin; begin < place.end; begin += Arithmetic::STAGE) {
    copyAsyncWait<count - 2>();
    // Now everybody's copies are there, and nobody reads the stage any more that is filled next.
    blockBarrier();
    copyStage(stages + filled, begin + (count - 1) * Arithmetic::STAGE);
    const Element* stage = stages + multiplied;
    multiplyStage<Arithmetic, leftAlong, rightAlong>(sums, stage, leftLane, stage + leftSize, rightLane);
    filled = multiplied;
    multiplied = multiplied == (count - 1) * size ? 0 : multiplied + size;
  }
  tensor::store(result, place, sums);
}

}  // namespace productStages

// The kernels of one kind of tile: a right factor that lies as [n][depth] runs along k, and so does a left one as [m][depth].
#define TENSOR_PRODUCT(name, kind, down, across, leftAlong, rightAlong)                                                                      \
  RESIDENT_KERNEL(name, 128, 2, float* c, const float* addend, const kind::Element* a, const kind::Element* b, int m, int n, int depth,        \
                int slice, int leftLine, int rightLine, int addendLine) {                                                                    \
    SHARED(kind::Element, stages, [productStages::BYTES / sizeof(kind::Element)]);                                                           \
    productStages::multiply<kind::Arithmetic, down, across, leftAlong, rightAlong>(stages, {c, addend, m, n, addendLine}, {a, m, leftLine},  \
                                                                                   {b, n, rightLine}, depth, slice);                         \
  }

#endif

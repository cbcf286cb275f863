// The logits of one step for a few rows: a warp for each symbol and eight rows, by blocks of eight symbols. They may lie in the host's
// memory; so a block writes what lies side by side at once.
#include "writing.h"

namespace writing {

static const int SYMBOLS = 8;

// The logits of each row, of the block's symbols.
using BlockLogits = float[TILE_ROWS][SYMBOLS];

// The terms of the warp's symbol, which has none if there is no such symbol, in at most `most` rows.
template <typename Rounding, bool inFours, int most>
DEVICE void addRows(BlockLogits& shared, const Product& product, int rows, int depth) {
  float sums[most];
  UNROLLED for (int row = 0; row < most; row++) {
    sums[row] = 0.0f;
  }
  const Product products[1] = {product};
  for (int k = 4 * laneIndex(); k < depth; k += 4 * LANES) {
    addPiece<Rounding, inFours, most, 1>(sums, products, rows, k, depth);
  }
  shared[laneIndex() * most / LANES][warpIndex()] = sumOverLanes(sums);
}

template <typename Rounding>
DEVICE void logits(BlockLogits& sums, float* logits, const float* hidden, const float* weight, const float* bias, int rows, int symbols,
                   int units) {
  const int first = blockIndex() * SYMBOLS;
  const int own = first + warpIndex();
  const int here = rowsHere(rows);
  const Product product = {weight + static_cast<size_t>(own < symbols ? own : 0) * units, 0,
                           hidden + static_cast<size_t>(firstRow()) * units};
  const int depth = own < symbols ? units : 0;
  if (units % 4 != 0) {
    addRows<Rounding, false, TILE_ROWS>(sums, product, here, depth);
  } else if (here == 1) {
    addRows<Rounding, true, 1>(sums, product, here, depth);
  } else {
    addRows<Rounding, true, TILE_ROWS>(sums, product, here, depth);
  }
  blockBarrier();
  const int row = threadIndex() / SYMBOLS;
  const int symbol = threadIndex() % SYMBOLS;
  if (row < here && first + symbol < symbols) {
    logits[static_cast<size_t>(firstRow() + row) * symbols + first + symbol] = bias[first + symbol] + sums[row][symbol];
  }
}

}  // namespace writing

// logits [rows,symbols] = bias [symbols] + hidden [rows,units] * weight [symbols,units]^T
RESIDENT_KERNEL(writeLogitsTf32, 256, 4, float* logits, const float* hidden, const float* weight, const float* bias, int rows,
                int symbols, int units) {
  SHARED(float, sums, [writing::TILE_ROWS][writing::SYMBOLS]);
  writing::logits<writing::Tf32>(sums, logits, hidden, weight, bias, rows, symbols, units);
}

RESIDENT_KERNEL(writeLogitsBf16, 256, 4, float* logits, const float* hidden, const float* weight, const float* bias, int rows,
                int symbols, int units) {
  SHARED(float, sums, [writing::TILE_ROWS][writing::SYMBOLS]);
  writing::logits<writing::Bf16>(sums, logits, hidden, weight, bias, rows, symbols, units);
}

// One step of a layer for a few rows: pre-activations and cell of a unit, by a block of four warps for each unit and eight rows. A
// pre-activation is the sum of its terms over k, as writing.h says, of four warps, ((w0 + w1) + (w2 + w3)), after what it starts with.
#include "cell.h"
#include "writing.h"

namespace writing {

static const int LAYER_WARPS = 4;
static const int LAYER_THREADS = LAYER_WARPS * LANES;
static const int MOST_ROWS = 64;

// The input symbols of the rows, by value, so that nothing has to be copied to the device.
struct RowIds {
  int of[MOST_ROWS];
};

// The state [rows,units] before and after a step: hidden is overwritten, and cell, with what was in it.
struct State {
  float* hidden;
  float* cell;
  const float* before;  // another array than hidden, since blocks still read it
  int rows;
  int units;
};

// The sums of each warp: [row][gate].
using WarpSums = float[LAYER_WARPS][TILE_ROWS * 4];

DEVICE float sumOverWarps(const WarpSums& sums, int index) {
  return (sums[0][index] + sums[1][index]) + (sums[2][index] + sums[3][index]);
}

// The block's unit in at most `most` rows; `start` is what the pre-activations of the thread's own row start with.
template <typename Rounding, bool inFours, int most, int products>
DEVICE void stepRows(WarpSums& shared, const State& state, const Product (&product)[products], const CellGates& start) {
  const int rows = rowsHere(state.rows);
  const int row = threadIndex();
  const size_t place = static_cast<size_t>(firstRow() + row) * state.units + blockIndex();
  float cell = row < rows ? state.cell[place] : 0.0f;
  float sums[most * 4];
  UNROLLED for (int i = 0; i < most * 4; i++) {
    sums[i] = 0.0f;
  }
  // Up to 512 units there is one piece a thread; more at once would take registers, and with them other blocks, away.
  ROLLED for (int k = 4 * threadIndex(); k < state.units; k += 4 * LAYER_THREADS) {
    addPiece<Rounding, inFours, most, 4>(sums, product, rows, k, state.units);
  }
  shared[warpIndex()][laneIndex() * most * 4 / LANES] = sumOverLanes(sums);
  blockBarrier();
  if (row < rows) {
    CellGates gates = {start.input + sumOverWarps(shared, 4 * row), start.forget + sumOverWarps(shared, 4 * row + 1),
                       start.candidate + sumOverWarps(shared, 4 * row + 2), start.output + sumOverWarps(shared, 4 * row + 3)};
    state.hidden[place] = cellForwards(gates, cell);
    state.cell[place] = cell;
  }
}

// One row alone needs fewer registers and exchanges. Where lines do not begin at 16 bytes, it is slower anyway.
template <typename Rounding, int products>
DEVICE void step(WarpSums& sums, const State& state, const Product (&product)[products], const CellGates& start) {
  if (state.units % 4 != 0) {
    stepRows<Rounding, false, TILE_ROWS>(sums, state, product, start);
  } else if (rowsHere(state.rows) == 1) {
    stepRows<Rounding, true, 1>(sums, state, product, start);
  } else {
    stepRows<Rounding, true, TILE_ROWS>(sums, state, product, start);
  }
}

// The product with weights [4*units,units], of the lines of the block's unit and the values [rows,units] of the block's rows.
DEVICE Product productOf(const float* weights, const float* values, int units) {
  return {weights + static_cast<size_t>(blockIndex()) * units, static_cast<size_t>(units) * units,
          values + static_cast<size_t>(firstRow()) * units};
}

template <typename Rounding>
DEVICE void stepAbove(WarpSums& sums, const State& state, const float* weight, const float* below, const float* inputWeight, const float* inputBias,
                      const float* recurrentBias) {
  const CellGates input = loadGates(inputBias + blockIndex(), state.units);
  const CellGates recurrent = loadGates(recurrentBias + blockIndex(), state.units);
  const CellGates start = {input.input + recurrent.input, input.forget + recurrent.forget, input.candidate + recurrent.candidate,
                           input.output + recurrent.output};
  const Product products[2] = {productOf(inputWeight, below, state.units), productOf(weight, state.before, state.units)};
  step<Rounding>(sums, state, products, start);
}

template <typename Rounding>
DEVICE void stepFirst(WarpSums& sums, const State& state, const float* weight, const float* table, int id) {
  const Product products[1] = {productOf(weight, state.before, state.units)};
  step<Rounding>(sums, state, products, loadGates(table + static_cast<size_t>(id) * 4 * state.units + blockIndex(), state.units));
}

// Whose symbol a thread looks up: that of its own row, if it has one.
DEVICE int ownRow(int rows) { return firstRow() + (threadIndex() < rowsHere(rows) ? threadIndex() : 0); }

}  // namespace writing

// The first layer, which starts with rows of table [.,4*units] by their number. weight [4*units,units] is the recurrent one.
RESIDENT_KERNEL(writeFirstLayerTf32, 128, 5, float* hidden, float* cell, const float* before, const float* weight, const float* table,
                writing::RowIds ids, int rows, int units) {
  SHARED(float, sums, [writing::LAYER_WARPS][writing::TILE_ROWS * 4]);
  writing::stepFirst<writing::Tf32>(sums, {hidden, cell, before, rows, units}, weight, table, ids.of[writing::ownRow(rows)]);
}

RESIDENT_KERNEL(writeFirstLayerBf16, 128, 5, float* hidden, float* cell, const float* before, const float* weight, const float* table,
                writing::RowIds ids, int rows, int units) {
  SHARED(float, sums, [writing::LAYER_WARPS][writing::TILE_ROWS * 4]);
  writing::stepFirst<writing::Bf16>(sums, {hidden, cell, before, rows, units}, weight, table, ids.of[writing::ownRow(rows)]);
}

// A layer above: it starts with both biases [4*units]; below [rows,units] comes from the layer below, by inputWeight [4*units,units].
RESIDENT_KERNEL(writeLayerTf32, 128, 5, float* hidden, float* cell, const float* before, const float* weight, const float* below,
                const float* inputWeight, const float* inputBias, const float* recurrentBias, int rows, int units) {
  SHARED(float, sums, [writing::LAYER_WARPS][writing::TILE_ROWS * 4]);
  writing::stepAbove<writing::Tf32>(sums, {hidden, cell, before, rows, units}, weight, below, inputWeight, inputBias, recurrentBias);
}

RESIDENT_KERNEL(writeLayerBf16, 128, 5, float* hidden, float* cell, const float* before, const float* weight, const float* below,
                const float* inputWeight, const float* inputBias, const float* recurrentBias, int rows, int units) {
  SHARED(float, sums, [writing::LAYER_WARPS][writing::TILE_ROWS * 4]);
  writing::stepAbove<writing::Bf16>(sums, {hidden, cell, before, rows, units}, weight, below, inputWeight, inputBias, recurrentBias);
}

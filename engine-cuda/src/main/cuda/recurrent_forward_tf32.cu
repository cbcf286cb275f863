// The recurrent part of a layer forward in time, all steps in one launch, with products on tensor cores in TF32. As in the products step by
// step, a sum runs over k in increasing order from zero, and then the pre-activation is added.
#include "recurrent_tf32.h"

namespace tensorRecurrent {

static const int FORWARD_KEPT = 48;

// The sums of a lane are those of two gates of a unit: of i and f in a lane with an even line, of g and o in its neighbor four lanes on. They
// exchange halves, so that each has all gates for two rows: the even one for rows of the first 8, the other for rows of the second.
DEVICE void exchange(CellGates (&values)[2], const float (&sums)[2][4], bool second) {
  float own[4];
  float others[4];
  UNROLLED for (int i = 0; i < 4; i++) {
    own[i] = second ? sums[1][i] : sums[0][i];
    others[i] = shuffleXor(second ? sums[0][i] : sums[1][i], 4);
  }
  UNROLLED for (int i = 0; i < 2; i++) {
    values[i] = second ? CellGates{others[i], others[2 + i], own[i], own[2 + i]} : CellGates{own[i], own[2 + i], others[i], others[2 + i]};
  }
}

DEVICE void multiplyState(float (&sums)[2][4], const Weights<FORWARD_KEPT>& weights, int products, const float* right) {
  const int pieces = products / PIECE;
  const int step = PIECE * TENSOR_DEPTH;
  multiplyKept<0>(sums, weights, right);
  if (pieces > 1) multiplyKept<1>(sums, weights, right + step);
  if (pieces > 2) multiplyKept<2>(sums, weights, right + 2 * step);
  if (pieces > 3) multiplyKept<3>(sums, weights, right + 3 * step);
  if (pieces > 4) multiplyKept<4>(sums, weights, right + 4 * step);
  if (pieces > 5) multiplyKept<5>(sums, weights, right + 5 * step);
  ROLLED for (int piece = FORWARD_KEPT / PIECE; piece < pieces; piece++) {
    multiplyRest(sums, weights, piece, right + piece * step);
  }
}

}  // namespace tensorRecurrent

// As recurrentForward; groupRows is at most 16, and a block has a warp for every four of its units, which blockUnits is a multiple of.
// Shared memory: the state [16] in lines of `units`, rounded up to 64, and 4; then the weights that are not in registers.
KERNEL(recurrentForwardTf32, 256, float* gates, const float* weight, float* cell, float* hidden, unsigned* counters, int rows, int units,
       int steps, int groupRows, int blockUnits) {
  using namespace tensorRecurrent;
  SHARED_DYNAMIC(float, state);
  const Share share = shareOf(rows, units, groupRows, blockUnits);
  const int products = productsOf(units);
  const int line = products * TENSOR_DEPTH + 4;
  for (int i = threadIndex(); i < TENSOR_ROWS * line; i += blockThreads()) {
    state[i] = 0.0f;  // so that what lies beyond the units stays zero
  }
  const int warpUnit = share.firstUnit + warpIndex() * 4;
  Weights<FORWARD_KEPT> weights;
  loadWeights(weights, reinterpret_cast<uint4*>(state + TENSOR_ROWS * line), products, [&](int row, int k) {
    // Lines 0 to 7 are i and g of four units in turn, lines 8 to 15 f and o.
    const int gate = (row & 1) * 2 + (row >> 3);
    const int unit = warpUnit + ((row & 7) >> 1);
    return unit < units && k < units ? toTf32(weight[(static_cast<size_t>(gate) * units + unit) * units + k]) : 0u;
  });
  unsigned* const counter = counters + blockIndexY() * COUNTER_DISTANCE;
  const bool second = (laneIndex() & 4) != 0;
  const int row = (second ? 8 : 0) + (laneIndex() & 3) * 2;
  const int unit = warpUnit + (laneIndex() >> 3);
  const int ownRows = unit < units ? least(2, share.rows - row) : 0;
  const size_t stepSize = static_cast<size_t>(rows) * units;
  const size_t first = static_cast<size_t>(share.firstRow + row) * units + unit;
  float* ownGates = gates + static_cast<size_t>(share.firstRow + row) * 4 * units + unit;
  float states[2];
  CellGates before[2];
  UNROLLED for (int i = 0; i < 2; i++) {
    if (i < ownRows) {
      states[i] = cell[first + i * static_cast<size_t>(units)];
      before[i] = loadGates(ownGates + i * 4 * static_cast<size_t>(units), units);
    }
  }
  blockBarrier();  // the zeros are there
  for (int step = 0; step < steps; step++) {
    copyState(state, line, hidden + step * stepSize + static_cast<size_t>(share.firstRow) * units, share.rows, units);
    float sums[2][4] = {};
    multiplyState(sums, weights, products, state + lanePlace(line));
    CellGates values[2];
    exchange(values, sums, second);
    UNROLLED for (int i = 0; i < 2; i++) {
      if (i < ownRows) {
        values[i].input += before[i].input;
        values[i].forget += before[i].forget;
        values[i].candidate += before[i].candidate;
        values[i].output += before[i].output;
        const size_t place = (step + 1) * stepSize + first + i * static_cast<size_t>(units);
        storeFresh(hidden + place, cellForwards(values[i], states[i]));
        cell[place] = states[i];
        storeGates(ownGates + i * 4 * static_cast<size_t>(units), units, values[i]);
      }
    }
    if (step + 1 < steps) {
      announce(counter);
      ownGates += 4 * stepSize;
      UNROLLED for (int i = 0; i < 2; i++) {
        if (i < ownRows) {
          before[i] = loadGates(ownGates + i * 4 * static_cast<size_t>(units), units);  // while others finish
        }
      }
      await(counter, step + 1);
    }
  }
}

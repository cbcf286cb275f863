// The recurrent part of a layer forward in time, all steps in one launch, with products on tensor cores. As in the products step by
// step, a sum runs over k in increasing order from zero, and then the pre-activation is added.
#include "recurrent_tensor.h"

namespace tensorRecurrent {

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

template <typename Arithmetic, int kept>
DEVICE void forward(float* state, float* gates, const float* weight, float* cell, float* hidden, unsigned* counters, int rows, int units,
                    int steps, int groupRows, int blockUnits) {
  const Share share = shareOf(rows, units, groupRows, blockUnits);
  const int pieces = piecesOf(units);
  const int line = pieces * TENSOR_PIECE + Arithmetic::PAD;
  for (int i = threadIndex(); i < TENSOR_ROWS * line; i += blockThreads()) {
    state[i] = 0.0f;  // so that what lies beyond the units stays zero
  }
  // A warp's lines 0 to 7 are i and g of its four units in turn, lines 8 to 15 f and o; so a lane has two gates of one unit.
  const bool second = (laneIndex() & 4) != 0;
  const int unit = share.firstUnit + warpIndex() * 4 + (laneIndex() >> 3);
  const size_t gateSize = static_cast<size_t>(units) * units;
  Weights<Arithmetic, kept> weights;
  loadWeights(weights, state + TENSOR_ROWS * line, pieces,
              {weight + (second ? 2 : 0) * gateSize + static_cast<size_t>(unit) * units, gateSize, {unit < units, unit < units}, 1, units});
  unsigned* const counter = counters + blockIndexY() * COUNTER_DISTANCE;
  const int row = (second ? 8 : 0) + (laneIndex() & 3) * 2;
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
  const float* const right = state + Arithmetic::place(line);
  blockBarrier();  // the zeros are there
  for (int step = 0; step < steps; step++) {
    copyState(state, line, hidden + step * stepSize + static_cast<size_t>(share.firstRow) * units, share.rows, units);
    float sums[2][4] = {};
    multiplyPieces(sums, weights, pieces, line, [&](int piece) { return right + piece * TENSOR_PIECE; });
    CellGates values[2];
    exchange(values, sums, second);
    const size_t now = (step + 1) * stepSize + first;
    UNROLLED for (int i = 0; i < 2; i++) {
      if (i < ownRows) {
        values[i].input += before[i].input;
        values[i].forget += before[i].forget;
        values[i].candidate += before[i].candidate;
        values[i].output += before[i].output;
        storeFresh(hidden + now + i * static_cast<size_t>(units), cellForwards(values[i], states[i]));
      }
    }
    if (step + 1 < steps) {
      announce(counter);
    }
    // What nobody waits for:
    UNROLLED for (int i = 0; i < 2; i++) {
      if (i < ownRows) {
        cell[now + i * static_cast<size_t>(units)] = states[i];
        storeGates(ownGates + i * 4 * static_cast<size_t>(units), units, values[i]);
      }
    }
    if (step + 1 < steps) {
      ownGates += 4 * stepSize;
      if (ownRows > 0) {
        UNROLLED for (int i = 0; i < 2; i++) {
          // While others finish; where the second row is missing, the first once more, since a branch would wait for its values.
          before[i] = loadGates(ownGates + least(i, ownRows - 1) * 4 * static_cast<size_t>(units), units);
        }
      }
      await(counter, step + 1);
    }
  }
}

}  // namespace tensorRecurrent

// As recurrentForward; groupRows is at most 16, and a block has a warp for every four of its units, which blockUnits is a multiple of.
// Shared memory: the state [16] in lines of `units`, rounded up to pieces, and a pad; then the weights that are not in registers.
KERNEL(recurrentForwardTf32, 256, float* gates, const float* weight, float* cell, float* hidden, unsigned* counters, int rows, int units,
       int steps, int groupRows, int blockUnits) {
  SHARED_DYNAMIC(float, state);
  tensorRecurrent::forward<tensorRecurrent::Tf32, 6>(state, gates, weight, cell, hidden, counters, rows, units, steps, groupRows, blockUnits);
}

KERNEL(recurrentForwardBf16, 256, float* gates, const float* weight, float* cell, float* hidden, unsigned* counters, int rows, int units,
       int steps, int groupRows, int blockUnits) {
  SHARED_DYNAMIC(float, state);
  tensorRecurrent::forward<tensorRecurrent::Bf16, 6>(state, gates, weight, cell, hidden, counters, rows, units, steps, groupRows, blockUnits);
}

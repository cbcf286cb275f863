// The recurrent part of a layer forward in time, all steps in one launch, with products on tensor cores. As in the products step by
// step, a sum runs over k in increasing order from zero, and then the pre-activation is added.
#include "recurrent_exchange.h"

namespace tensorRecurrent {

// Of a warp's lines a lane has two in each tile. With two tiles these are the gates of one unit. With one they are i and f of a unit, in a
// lane with an even line, or g and o in its neighbor four lanes on; they exchange halves, so that each has all gates for two rows: the even
// one for rows of the first 8, the other for rows of the second.
template <typename Form>
DEVICE void gatesOf(CellGates (&values)[2], const float (&sums)[2][4], bool second) {
  if constexpr (Form::TILES == 2) {
    UNROLLED for (int i = 0; i < 2; i++) {
      values[i] = {sums[0][i], sums[0][2 + i], sums[1][i], sums[1][2 + i]};
    }
  } else {
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
}

template <typename Form>
DEVICE void forward(void* shared, float* gates, const float* weight, float* cell, float* hidden, typename Form::Element* exchanged,
                    unsigned* counters, int rows, int units, int steps, int groupRows, int blockUnits, int stepRows) {
  using Hidden = Exchange<Form, 1>;
  const Share share = shareOf(rows, units, groupRows, blockUnits);
  const Hidden exchange = Hidden::of(exchanged, share, rows, units, shared);
  // The first gate of the lane's lines, and their unit; see gatesOf.
  const bool second = Form::TILES == 1 && (laneIndex() & 4) != 0;
  const int unit = share.firstUnit + (Form::TILES == 1 ? warpIndex() * 4 + (laneIndex() >> 3) : warpIndex() * 8 + (laneIndex() >> 2));
  const size_t gateSize = static_cast<size_t>(units) * units;
  Weights<Form> weights;
  loadWeights<Form>(weights, exchange.stages, exchange.stages + Form::STAGES * Hidden::STAGE_BYTES, exchange.pieces,
                    {weight + (second ? 2 : 0) * gateSize + static_cast<size_t>(unit) * units, gateSize, unit < units ? 2 * Form::TILES : 0, 1, units});
  unsigned* const counter = counters + blockIndexY() * COUNTER_DISTANCE;
  const int row = (second ? 8 : 0) + (laneIndex() & 3) * 2;
  const int ownRows = unit < units ? least(2, share.rows - row) : 0;
  // From the first of the thread's rows to its second; where that is missing, it computes the first once more, and stores nothing.
  const size_t nextRow = ownRows > 1 ? units : 0;
  const size_t first = static_cast<size_t>(share.firstRow + row) * units + unit;
  const size_t stepSize = static_cast<size_t>(stepRows) * units;
  float* ownGates = gates + first + static_cast<size_t>(share.firstRow + row) * 3 * units;
  cell += first;
  hidden += first;
  typename Form::Element* const own = exchanged + static_cast<size_t>(share.firstRow + row) * exchange.line + unit;
  float states[2] = {};
  float results[2] = {};
  CellGates before[2] = {};
  if (ownRows > 0) {
    UNROLLED for (int i = 0; i < 2; i++) {
      states[i] = cell[i * nextRow];
      results[i] = hidden[i * nextRow];
    }
  }
  const auto exchangeResults = [&](int step) {
    UNROLLED for (int i = 0; i < 2; i++) {
      if (i < ownRows) {
        storeFresh(own + step % EXCHANGED_STEPS * exchange.stepSize + i * exchange.line, Form::Arithmetic::rounded(results[i]));
      }
    }
    announce(counter);
  };
  exchangeResults(0);
  for (int step = 0; step < steps; step++) {
    if (ownRows > 0) {
      UNROLLED for (int i = 0; i < 2; i++) {
        before[i] = loadGates(ownGates + i * 4 * nextRow, units);  // while others finish
      }
    }
    await(counter, step + 1);
    float sums[2][4] = {};
    Hidden::multiply(exchange, sums, weights, step, 0);
    CellGates values[2];
    gatesOf<Form>(values, sums, second);
    UNROLLED for (int i = 0; i < 2; i++) {
      values[i].input += before[i].input;
      values[i].forget += before[i].forget;
      values[i].candidate += before[i].candidate;
      values[i].output += before[i].output;
      results[i] = cellForwards(values[i], states[i]);
    }
    if (step + 1 < steps) {
      exchangeResults(step + 1);
    }
    // What nobody waits for:
    cell += stepSize;
    hidden += stepSize;
    UNROLLED for (int i = 0; i < 2; i++) {
      if (i < ownRows) {
        cell[i * nextRow] = states[i];
        hidden[i * nextRow] = results[i];
        storeGates(ownGates + i * 4 * nextRow, units, values[i]);
      }
    }
    ownGates += 4 * stepSize;
  }
}

}  // namespace tensorRecurrent

// As recurrentForward. exchanged [2][rows][units, rounded up to pieces]: zeros beyond the units. groupRows is at most 16, and a block has a
// warp for every four of its units, which blockUnits is a multiple of. Shared memory: five stages [16] of lines, then the weights that are
// not in registers.
KERNEL(recurrentForwardTf32, 256, float* gates, const float* weight, float* cell, float* hidden, unsigned* exchanged, unsigned* counters, int rows,
       int units, int steps, int groupRows, int blockUnits, int stepRows) {
  SHARED_DYNAMIC(unsigned char, shared);
  using namespace tensorRecurrent;
  forward<Form<Tf32, 1, 6, 5>>(shared, gates, weight, cell, hidden, exchanged, counters, rows, units, steps, groupRows, blockUnits, stepRows);
}

KERNEL(recurrentForwardBf16, 256, float* gates, const float* weight, float* cell, float* hidden, unsigned short* exchanged, unsigned* counters,
       int rows, int units, int steps, int groupRows, int blockUnits, int stepRows) {
  SHARED_DYNAMIC(unsigned char, shared);
  using namespace tensorRecurrent;
  forward<Form<Bf16, 1, 4, 5>>(shared, gates, weight, cell, hidden, exchanged, counters, rows, units, steps, groupRows, blockUnits, stepRows);
}

// The same with groupRows at most 8, stages [8], and a warp for every eight units.
KERNEL(recurrentForwardBf16Narrow, 256, float* gates, const float* weight, float* cell, float* hidden, unsigned short* exchanged,
       unsigned* counters, int rows, int units, int steps, int groupRows, int blockUnits, int stepRows) {
  SHARED_DYNAMIC(unsigned char, shared);
  using namespace tensorRecurrent;
  forward<Form<Bf16, 2, 3, 5>>(shared, gates, weight, cell, hidden, exchanged, counters, rows, units, steps, groupRows, blockUnits, stepRows);
}

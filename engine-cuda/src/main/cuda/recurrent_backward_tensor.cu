// The recurrent part of a layer backward in time, all steps in one launch, with products on tensor cores. The sum over k is that of
// four, one for each gate, each over its units in increasing order from zero: ((i + f) + g) + o. So four warps share it, however the
// blocks are divided.
#include "recurrent_exchange.h"

namespace tensorRecurrent {

static const int TENSOR_GATES = 4;

// Lays down a warp's sums, of 16 units in each tile, as part of [4][rows of a group][units, and 4].
template <typename Form>
DEVICE void storeSums(float* parts, const float (&sums)[2][4], int line) {
  const int unit = warpIndex() / TENSOR_GATES * 16 * Form::TILES + (laneIndex() >> 2);
  float* const own = parts + (warpIndex() % TENSOR_GATES * Form::ROWS + (laneIndex() & 3) * 2) * line + unit;
  UNROLLED for (int half = 0; half < 2; half++) {
    UNROLLED for (int i = 0; i < 4; i++) {
      own[(i & 1) * line + (i >> 1) * 8 + half * (Form::TILES == 1 ? 8 * line : 16)] = sums[half][i];
    }
  }
}

// Lays the gradients of two units into the exchange.
template <typename Form>
DEVICE void storeRounded(typename Form::Element* own, int line, const CellGates& first, const CellGates& second) {
  Form::Arithmetic::storeFreshPair(own, first.input, second.input);
  Form::Arithmetic::storeFreshPair(own + line, first.forget, second.forget);
  Form::Arithmetic::storeFreshPair(own + 2 * line, first.candidate, second.candidate);
  Form::Arithmetic::storeFreshPair(own + 3 * line, first.output, second.output);
}

template <typename Form>
DEVICE void backward(void* shared, float* gates, const float* weight, const float* cell, const float* dAbove, typename Form::Element* exchanged,
                     unsigned* counters, int rows, int units, int steps, int groupRows, int blockUnits, int stepRows) {
  using Gradients = Exchange<Form, TENSOR_GATES>;
  const Share share = shareOf(rows, units, groupRows, blockUnits);
  const Gradients exchange = Gradients::of(exchanged, share, rows, units, shared);
  float* const parts = reinterpret_cast<float*>(exchange.stages + Form::STAGES * Gradients::STAGE_BYTES);
  const int partLine = blockUnits + 4;
  const int partSize = Form::ROWS * partLine;
  // A warp's lines are units, 16 in a tile, with their weights for one gate.
  const int warpUnit = share.firstUnit + warpIndex() / TENSOR_GATES * 16 * Form::TILES + (laneIndex() >> 2);
  const int warpGate = warpIndex() % TENSOR_GATES;
  Weights<Form> weights;
  loadWeights<Form>(weights, exchange.stages, parts + TENSOR_GATES * partSize, exchange.pieces,
                    {weight + static_cast<size_t>(warpGate) * units * units + warpUnit, 8, (units - warpUnit + 7) / 8, static_cast<size_t>(units), units});
  unsigned* const counter = counters + blockIndexY() * COUNTER_DISTANCE;
  // A thread has the cells of two neighboring units in a row; how many of them there are:
  const int unit = threadIndex() % (blockUnits / 2) * 2;
  const int row = threadIndex() / (blockUnits / 2);
  const int cells = row < share.rows ? least(2, share.units - unit) : 0;
  const int second = cells > 1 ? 1 : 0;  // where it is missing, the first once more
  const size_t stepSize = static_cast<size_t>(stepRows) * units;
  const size_t place = static_cast<size_t>(share.firstRow + row) * units + share.firstUnit + unit;
  float* ownGates = gates + (steps - 1) * 4 * stepSize + static_cast<size_t>(share.firstRow + row) * 3 * units + place;
  cell += (steps - 1) * stepSize + place;
  dAbove += (steps - 1) * stepSize + place;
  typename Form::Element* const own =
      exchanged + static_cast<size_t>(share.firstRow + row) * TENSOR_GATES * exchange.line + share.firstUnit + unit;
  const float* const part = parts + row * partLine + unit;
  float dHidden[2] = {};
  float dCell[2] = {};
  CellGates values[2] = {};
  float previous[2] = {};
  float squashed[2] = {};
  float above[2] = {};
  if (cells > 0) {
    UNROLLED for (int i = 0; i < 2; i++) {
      squashed[i] = hyperbolicTangent(cell[stepSize + i * second]);
    }
  }
  for (int step = steps - 1; step >= 0; step--) {
    if (cells > 0) {
      UNROLLED for (int i = 0; i < 2; i++) {  // while others finish
        values[i] = loadGates(ownGates + i * second, units);
        previous[i] = cell[i * second];
        above[i] = dAbove[i * second];
      }
    }
    if (step + 1 < steps) {
      await(counter, steps - 1 - step);  // for the gradients of the step that follows in time
      float sums[2][4] = {};
      Gradients::multiply(exchange, sums, weights, step + 1, warpGate);
      storeSums<Form>(parts, sums, partLine);
      blockBarrier();
      UNROLLED for (int i = 0; i < 2; i++) {
        dHidden[i] = ((part[i] + part[i + partSize]) + part[i + 2 * partSize]) + part[i + 3 * partSize];
      }
    }
    UNROLLED for (int i = 0; i < 2; i++) {
      cellBackwards(values[i], previous[i], squashed[i], above[i] + dHidden[i], dCell[i]);
    }
    if (step > 0) {
      if (cells > 0) {
        storeRounded<Form>(own + step % EXCHANGED_STEPS * exchange.stepSize, exchange.line, values[0], second != 0 ? values[1] : CellGates{});
      }
      announce(counter);
    }
    // What nobody waits for:
    UNROLLED for (int i = 0; i < 2; i++) {
      if (i < cells) {
        storeGates(ownGates + i, units, values[i]);
      }
      squashed[i] = hyperbolicTangent(previous[i]);
    }
    ownGates -= 4 * stepSize;
    cell -= stepSize;
    dAbove -= stepSize;
  }
}

}  // namespace tensorRecurrent

// As recurrentBackward. exchanged [2][rows][4][units, rounded up to pieces]: zeros beyond the units. groupRows is at most 16, and a block has
// four warps for every 16 of its units, which blockUnits is a multiple of. Shared memory: three stages [4][16] of lines, sums [4][16] in lines
// of blockUnits and 4, then the weights that are not in registers.
KERNEL(recurrentBackwardTf32, 256, float* gates, const float* weight, const float* cell, const float* dAbove, unsigned* exchanged,
       unsigned* counters, int rows, int units, int steps, int groupRows, int blockUnits, int stepRows) {
  SHARED_DYNAMIC(unsigned char, shared);
  using namespace tensorRecurrent;
  backward<Form<Tf32, 1, 6, 3>>(shared, gates, weight, cell, dAbove, exchanged, counters, rows, units, steps, groupRows, blockUnits, stepRows);
}

// The same with five stages.
KERNEL(recurrentBackwardBf16, 256, float* gates, const float* weight, const float* cell, const float* dAbove, unsigned short* exchanged,
       unsigned* counters, int rows, int units, int steps, int groupRows, int blockUnits, int stepRows) {
  SHARED_DYNAMIC(unsigned char, shared);
  using namespace tensorRecurrent;
  backward<Form<Bf16, 1, 4, 5>>(shared, gates, weight, cell, dAbove, exchanged, counters, rows, units, steps, groupRows, blockUnits, stepRows);
}

// The same with groupRows at most 8, stages and sums [4][8], and four warps for every 32 units.
KERNEL(recurrentBackwardBf16Narrow, 256, float* gates, const float* weight, const float* cell, const float* dAbove, unsigned short* exchanged,
       unsigned* counters, int rows, int units, int steps, int groupRows, int blockUnits, int stepRows) {
  SHARED_DYNAMIC(unsigned char, shared);
  using namespace tensorRecurrent;
  backward<Form<Bf16, 2, 3, 5>>(shared, gates, weight, cell, dAbove, exchanged, counters, rows, units, steps, groupRows, blockUnits, stepRows);
}

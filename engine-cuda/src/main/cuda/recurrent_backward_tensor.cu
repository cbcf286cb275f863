// The recurrent part of a layer backward in time, all steps in one launch, with products on tensor cores. The sum over k is that of
// four, one for each gate, each over its units in increasing order from zero: ((i + f) + g) + o. So four warps share it, however the
// blocks are divided.
#include "recurrent_tensor.h"

namespace tensorRecurrent {

static const int TENSOR_GATES = 4;
static const int STAGES = 3;  // pieces of the gradients: one is multiplied while two are on their way

// Starts to copy a piece of all gates' gradients, [4][rows][64 of the units], to a stage; beyond the units come zeros.
DEVICE void copyStage(float* stage, int line, const float* gradients, int piece, int rows, int units) {
  const int parts = TENSOR_PIECE / 4;
  const int part = threadIndex() % parts * 4;
  const int k = piece * TENSOR_PIECE + part;
  ROLLED for (int row = threadIndex() / parts; row < rows; row += blockThreads() / parts) {
    const float* from = gradients + row * TENSOR_GATES * units + k;
    float* to = stage + row * line + part;
    ROLLED for (int gate = 0; gate < TENSOR_GATES; gate++) {
      if (units % 4 != 0) {
        ROLLED for (int j = 0; j < 4; j++) {
          to[j] = k + j < units ? loadFresh(from + j) : 0.0f;
        }
      } else if (k < units) {
        copyAsync16(to, from);
      } else {
        *reinterpret_cast<float4*>(to) = make_float4(0.0f, 0.0f, 0.0f, 0.0f);
      }
      from += units;
      to += TENSOR_ROWS * line;
    }
  }
}

// Lays down a warp's sums [16 units][16 rows], as part of [4][16 rows][units, and 4].
DEVICE void storeSums(float* parts, const float (&sums)[2][4], int line) {
  float* const own = parts + (warpIndex() % TENSOR_GATES * TENSOR_ROWS + (laneIndex() & 3) * 2) * line + warpIndex() / TENSOR_GATES * 16 + (laneIndex() >> 2);
  UNROLLED for (int tile = 0; tile < 2; tile++) {
    UNROLLED for (int i = 0; i < 4; i++) {
      own[(tile * 8 + (i & 1)) * line + (i >> 1) * 8] = sums[tile][i];
    }
  }
}

template <typename Arithmetic, int kept>
DEVICE void backward(float* stages, float* gates, const float* weight, const float* cell, const float* dAbove, unsigned* counters, int rows,
                     int units, int steps, int groupRows, int blockUnits) {
  const Share share = shareOf(rows, units, groupRows, blockUnits);
  const int pieces = piecesOf(units);
  const int stageLine = TENSOR_PIECE + Arithmetic::PAD;
  const int stageSize = TENSOR_GATES * TENSOR_ROWS * stageLine;
  const int line = blockUnits + 4;
  float* const parts = stages + STAGES * stageSize;
  // A warp's lines are 16 units, with their weights for one gate.
  const int warpUnit = share.firstUnit + warpIndex() / TENSOR_GATES * 16 + (laneIndex() >> 2);
  const int warpGate = warpIndex() % TENSOR_GATES;
  Weights<Arithmetic, kept> weights;
  loadWeights(weights, parts + TENSOR_GATES * TENSOR_ROWS * line, pieces,
              {weight + static_cast<size_t>(warpGate) * units * units + warpUnit, 8, {warpUnit < units, warpUnit + 8 < units}, static_cast<size_t>(units), units});
  unsigned* const counter = counters + blockIndexY() * COUNTER_DISTANCE;
  const int right = warpGate * TENSOR_ROWS * stageLine + Arithmetic::place(stageLine);
  // A thread has the cells of a unit in two rows, 8 apart; how many of them there are:
  const int unit = threadIndex() % blockUnits;
  const int row = threadIndex() / blockUnits;
  const int cells = unit >= share.units || row >= share.rows ? 0 : row + 8 < share.rows ? 2 : 1;
  const int nextCell = 8 * units;
  const size_t stepSize = static_cast<size_t>(rows) * units;
  const size_t firstRow = (steps - 1) * static_cast<size_t>(rows) + share.firstRow;
  const size_t last = (firstRow + row) * units + share.firstUnit + unit;
  const float* groupGates = gates + firstRow * 4 * units;
  float* ownGates = gates + (firstRow + row) * 4 * units + share.firstUnit + unit;
  cell += last;
  dAbove += last;
  float dHidden[2] = {};
  float dCell[2] = {};
  CellGates values[2];
  float previous[2];
  float states[2];
  float above[2];
  UNROLLED for (int i = 0; i < 2; i++) {
    states[i] = i < cells ? cell[stepSize + i * nextCell] : 0.0f;
  }
  for (int step = steps - 1; step >= 0; step--) {
    UNROLLED for (int i = 0; i < 2; i++) {
      if (i < cells) {
        values[i] = loadGates(ownGates + i * 4 * nextCell, units);
        previous[i] = cell[i * nextCell];
        above[i] = dAbove[i * nextCell];
      }
    }
    if (step + 1 < steps) {
      await(counter, steps - 1 - step);  // for the gradients of the step that follows in time
      float sums[2][4] = {};
      // Copies are counted by what is committed, so that it is done past the end, too.
      const auto start = [&](int piece) {
        if (piece < pieces) {
          copyStage(stages + piece % STAGES * stageSize, stageLine, groupGates, piece, share.rows, units);
        }
        copyAsyncCommit();
      };
      for (int piece = 0; piece < STAGES - 1; piece++) {
        start(piece);
      }
      multiplyPieces(sums, weights, pieces, stageLine, [&](int piece) {
        copyAsyncWait<STAGES - 2>();
        blockBarrier();  // everybody's copies are there, and nobody reads the stage any more that is filled next
        start(piece + STAGES - 1);
        return stages + piece % STAGES * stageSize + right;
      });
      groupGates -= 4 * stepSize;
      storeSums(parts, sums, line);
      blockBarrier();
      UNROLLED for (int i = 0; i < 2; i++) {
        const float* const part = parts + (row + 8 * i) * line + unit;
        const int next = TENSOR_ROWS * line;
        dHidden[i] = ((part[0] + part[next]) + part[2 * next]) + part[3 * next];
      }
    }
    UNROLLED for (int i = 0; i < 2; i++) {
      if (i < cells) {
        cellBackwards(values[i], previous[i], states[i], above[i] + dHidden[i], dCell[i]);
        storeGatesFresh(ownGates + i * 4 * nextCell, units, values[i]);
        states[i] = previous[i];
      }
    }
    if (step > 0) {
      ownGates -= 4 * stepSize;
      cell -= stepSize;
      dAbove -= stepSize;
      announce(counter);
    }
  }
}

}  // namespace tensorRecurrent

// As recurrentBackward; groupRows is at most 16, and a block has four warps for every 16 of its units, which blockUnits is a multiple of.
// Shared memory: three stages of gradients [4][16] in lines of a piece and a pad, sums [4][16] in lines of blockUnits and 4, then the
// weights that are not in registers.
KERNEL(recurrentBackwardTf32, 256, float* gates, const float* weight, const float* cell, const float* dAbove, unsigned* counters, int rows,
       int units, int steps, int groupRows, int blockUnits) {
  SHARED_DYNAMIC(float, stages);
  tensorRecurrent::backward<tensorRecurrent::Tf32, 5>(stages, gates, weight, cell, dAbove, counters, rows, units, steps, groupRows, blockUnits);
}

KERNEL(recurrentBackwardBf16, 256, float* gates, const float* weight, const float* cell, const float* dAbove, unsigned* counters, int rows,
       int units, int steps, int groupRows, int blockUnits) {
  SHARED_DYNAMIC(float, stages);
  tensorRecurrent::backward<tensorRecurrent::Bf16, 6>(stages, gates, weight, cell, dAbove, counters, rows, units, steps, groupRows, blockUnits);
}

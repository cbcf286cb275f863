// The recurrent part of a layer backward in time, all steps in one launch, with products on tensor cores in TF32. The sum over k is that of
// four, one for each gate, each over its units in increasing order from zero: ((i + f) + g) + o. So four warps share it, however the
// blocks are divided.
#include "recurrent_tf32.h"

namespace tensorRecurrent {

static const int BACKWARD_KEPT = 40;
static const int TENSOR_GATES = 4;
static const int STAGES = 3;  // pieces of the gradients: one is multiplied while two are on their way
static const int STAGE_LINE = PIECE * TENSOR_DEPTH + 4;
static const int STAGE_SIZE = TENSOR_GATES * TENSOR_ROWS * STAGE_LINE;

// Starts to copy a piece of all gates' gradients, [4][rows][64 of the units], to a stage; beyond the units come zeros.
DEVICE void copyStage(float* stage, const float* gradients, int piece, int rows, int units) {
  const int parts = PIECE * TENSOR_DEPTH / 4;
  const int part = threadIndex() % parts * 4;
  const int k = piece * PIECE * TENSOR_DEPTH + part;
  ROLLED for (int i = threadIndex() / parts; i < TENSOR_GATES * TENSOR_ROWS; i += blockThreads() / parts) {
    const int row = i % TENSOR_ROWS;
    if (row >= rows) {
      continue;
    }
    const float* const from = gradients + (row * TENSOR_GATES + i / TENSOR_ROWS) * units + k;
    float* const to = stage + i * STAGE_LINE + part;
    if (units % 4 != 0) {
      for (int j = 0; j < 4; j++) {
        to[j] = k + j < units ? loadFresh(from + j) : 0.0f;
      }
    } else if (k < units) {
      copyAsync16(to, from);
    } else {
      *reinterpret_cast<float4*>(to) = make_float4(0.0f, 0.0f, 0.0f, 0.0f);
    }
  }
}

// What a thread holds of the loop over pieces.
struct Pieces {
  float* stages;
  const float* gradients;
  int count;
  int rows;
  int units;
};

// Starts a piece on its way; what is committed is counted, so that it is done past the end, too.
DEVICE void startPiece(const Pieces& pieces, int piece) {
  if (piece < pieces.count) {
    copyStage(pieces.stages + piece % STAGES * STAGE_SIZE, pieces.gradients, piece, pieces.rows, pieces.units);
  }
  copyAsyncCommit();
}

// Returns where the warp's gate of a piece begins, once it is there.
DEVICE const float* awaitPiece(const Pieces& pieces, int piece) {
  copyAsyncWait<STAGES - 2>();
  blockBarrier();  // everybody's copies are there, and nobody reads the stage any more that is filled next
  startPiece(pieces, piece + STAGES - 1);
  return pieces.stages + piece % STAGES * STAGE_SIZE + warpIndex() % TENSOR_GATES * TENSOR_ROWS * STAGE_LINE + lanePlace(STAGE_LINE);
}

DEVICE void multiplyGradients(float (&sums)[2][4], const Weights<BACKWARD_KEPT>& weights, const Pieces& pieces) {
  UNROLLED for (int piece = 0; piece < STAGES - 1; piece++) {
    startPiece(pieces, piece);
  }
  multiplyKept<0>(sums, weights, awaitPiece(pieces, 0));
  if (pieces.count > 1) multiplyKept<1>(sums, weights, awaitPiece(pieces, 1));
  if (pieces.count > 2) multiplyKept<2>(sums, weights, awaitPiece(pieces, 2));
  if (pieces.count > 3) multiplyKept<3>(sums, weights, awaitPiece(pieces, 3));
  if (pieces.count > 4) multiplyKept<4>(sums, weights, awaitPiece(pieces, 4));
  ROLLED for (int piece = BACKWARD_KEPT / PIECE; piece < pieces.count; piece++) {
    multiplyRest(sums, weights, piece, awaitPiece(pieces, piece));
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

}  // namespace tensorRecurrent

// As recurrentBackward; groupRows is at most 16, and a block has four warps for every 16 of its units, which blockUnits is a multiple of.
// Shared memory: three stages of gradients [4][16] in lines of 64 and 4, sums [4][16] in lines of blockUnits and 4, then the weights that
// are not in registers.
KERNEL(recurrentBackwardTf32, 256, float* gates, const float* weight, const float* cell, const float* dAbove, unsigned* counters, int rows,
       int units, int steps, int groupRows, int blockUnits) {
  using namespace tensorRecurrent;
  SHARED_DYNAMIC(float, stages);
  const Share share = shareOf(rows, units, groupRows, blockUnits);
  const int products = productsOf(units);
  const int line = blockUnits + 4;
  float* const parts = stages + STAGES * STAGE_SIZE;
  const int warpUnit = share.firstUnit + warpIndex() / TENSOR_GATES * 16;
  const int warpGate = warpIndex() % TENSOR_GATES;
  Weights<BACKWARD_KEPT> weights;
  loadWeights(weights, reinterpret_cast<uint4*>(parts + TENSOR_GATES * TENSOR_ROWS * line), products, [&](int row, int k) {
    const int unit = warpUnit + row;
    return unit < units && k < units ? toTf32(weight[(static_cast<size_t>(warpGate) * units + k) * units + unit]) : 0u;
  });
  unsigned* const counter = counters + blockIndexY() * COUNTER_DISTANCE;
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
      multiplyGradients(sums, weights, {stages, groupGates, products / PIECE, share.rows, units});
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

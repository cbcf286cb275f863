// The recurrent part of a layer backward in time, all steps in one launch: from the gradients of the hidden states to those of all
// pre-activations.
#include "recurrent.h"

// Units and rows of which a thread computes the gradients.
static const int BACKWARD_TILE = 2;

// Of k, that are in shared memory at once, and as many are on their way there.
static const int BACKWARD_DEPTH = 64;
static const int BACKWARD_LINE = BACKWARD_DEPTH + 4;

// What the forward pass kept of a cell, and what comes to it from above.
struct Kept {
  CellGates gates;
  float previous;
  float cell;
  float dAbove;
};

// Where the thread's cells are. Its rows are neighbors; its units are not, since those of neighboring threads must be: their lines of
// weights then lie in other banks.
struct Tile {
  int row;       // of the group
  int unit;      // of the block
  int nextUnit;  // how far it is to the other unit
  int rows;      // that there are
  int units;
};

DEVICE void loadKept(Kept (&kept)[BACKWARD_TILE][BACKWARD_TILE], const Tile& tile, const float* gates, const float* cell, const float* nextCell,
                     const float* dAbove, int units) {
  for (int i = 0; i < BACKWARD_TILE; i++) {
    for (int j = 0; j < BACKWARD_TILE; j++) {
      if (i < tile.rows && j < tile.units) {
        const size_t place = i * static_cast<size_t>(units) + j * tile.nextUnit;
        kept[i][j] = {loadGates(gates + i * 4 * static_cast<size_t>(units) + j * tile.nextUnit, units), cell[place], nextCell[place], dAbove[place]};
      }
    }
  }
}

// Starts to copy [rows][depth] of the gradients, whose lines are `length` long, to shared memory.
DEVICE void copyPiece(float* piece, const float* gradients, size_t length, int rows, int depth) {
  const int pieces = depth / 4;
  for (int i = threadIndex(); i < rows * pieces; i += blockThreads()) {
    copyAsync16(piece + i / pieces * BACKWARD_LINE + i % pieces * 4, gradients + i / pieces * length + i % pieces * 4);
  }
  copyAsyncCommit();
}

// sums = d(gates) * w: for each of the tile's cells one chain over all 4*units of k.
DEVICE void multiplyTile(float (&sums)[BACKWARD_TILE][BACKWARD_TILE], const Tile& tile, const float* weights, int line, float* pieces,
                         int pieceSize, const float* gradients, int rows, int depth) {
  for (int i = 0; i < BACKWARD_TILE; i++) {
    for (int j = 0; j < BACKWARD_TILE; j++) {
      sums[i][j] = 0.0f;
    }
  }
  copyPiece(pieces, gradients, depth, rows, least(BACKWARD_DEPTH, depth));
  for (int first = 0; first < depth; first += BACKWARD_DEPTH) {
    copyAsyncWait<0>();
    blockBarrier();  // the piece is there, and nobody reads the other any more
    const float* const piece = pieces + first / BACKWARD_DEPTH % 2 * pieceSize;
    const int next = first + BACKWARD_DEPTH;
    if (next < depth) {
      copyPiece(pieces + next / BACKWARD_DEPTH % 2 * pieceSize, gradients + next, depth, rows, least(BACKWARD_DEPTH, depth - next));
    }
    if (tile.rows > 0 && tile.units > 0) {
      const int count = least(BACKWARD_DEPTH, depth - first);
      for (int k = 0; k < count; k += 4) {
        float4 w[BACKWARD_TILE];
        for (int j = 0; j < BACKWARD_TILE; j++) {
          w[j] = *reinterpret_cast<const float4*>(weights + (tile.unit + j * tile.nextUnit) * static_cast<size_t>(line) + first + k);
        }
        for (int i = 0; i < BACKWARD_TILE; i++) {
          const float4 g = *reinterpret_cast<const float4*>(piece + (tile.row + i) * BACKWARD_LINE + k);
          for (int j = 0; j < BACKWARD_TILE; j++) {
            sums[i][j] = fusedMultiplyAdd(g.x, w[j].x, sums[i][j]);
            sums[i][j] = fusedMultiplyAdd(g.y, w[j].y, sums[i][j]);
            sums[i][j] = fusedMultiplyAdd(g.z, w[j].z, sums[i][j]);
            sums[i][j] = fusedMultiplyAdd(g.w, w[j].w, sums[i][j]);
          }
        }
      }
    }
  }
}

// gates [steps][stepRows,4*units]: activations; overwritten with the gradients of the pre-activations, as all is of the first `rows` of each
// step. weight [4*units,units]. cell [steps+1][stepRows,units]: before the first step, then after each. dAbove [steps][stepRows,units]:
// gradients of the hidden states from above. counters: zero at the start. Shared memory: the weights [blockUnits, rounded up to twos] in
// padded lines of 4*units, and two pieces [groupRows, rounded up to twos] of gradients.
RESIDENT_KERNEL(recurrentBackward, 256, 1, float* gates, const float* weight, const float* cell, const float* dAbove, unsigned* counters,
                int rows, int units, int steps, int groupRows, int blockUnits, int stepRows) {
  SHARED_DYNAMIC(float, weights);
  const Share share = shareOf(rows, units, groupRows, blockUnits);
  const int depth = 4 * units;
  const int line = paddedLine(depth);
  const int unitTiles = (blockUnits + BACKWARD_TILE - 1) / BACKWARD_TILE;
  float* const pieces = weights + static_cast<size_t>(unitTiles) * BACKWARD_TILE * line;
  const int pieceSize = (groupRows + BACKWARD_TILE - 1) / BACKWARD_TILE * BACKWARD_TILE * BACKWARD_LINE;
  for (int i = threadIndex(); i < share.units * depth; i += blockThreads()) {
    const int unit = i % share.units;
    const int k = i / share.units;
    weights[unit * static_cast<size_t>(line) + k] = weight[static_cast<size_t>(k) * units + share.firstUnit + unit];
  }
  unsigned* const counter = counters + blockIndexY() * COUNTER_DISTANCE;
  Tile tile;
  tile.unit = threadIndex() % unitTiles;
  tile.nextUnit = unitTiles;
  tile.row = threadIndex() / unitTiles * BACKWARD_TILE;
  tile.units = (tile.unit < share.units ? 1 : 0) + (tile.unit + unitTiles < share.units ? 1 : 0);
  tile.rows = least(BACKWARD_TILE, share.rows - tile.row);
  const size_t stepSize = static_cast<size_t>(stepRows) * units;
  const size_t firstRow = share.firstRow + tile.row;
  const size_t first = firstRow * units + share.firstUnit + tile.unit;
  float* const ownGates = gates + firstRow * depth + share.firstUnit + tile.unit;
  float dHidden[BACKWARD_TILE][BACKWARD_TILE] = {};
  float dCell[BACKWARD_TILE][BACKWARD_TILE] = {};
  Kept kept[BACKWARD_TILE][BACKWARD_TILE];
  for (int step = steps - 1; step >= 0; step--) {
    const size_t place = step * stepSize + first;
    loadKept(kept, tile, ownGates + step * 4 * stepSize, cell + place, cell + place + stepSize, dAbove + place, units);
    if (step + 1 < steps) {
      await(counter, steps - 1 - step);  // for the gradients of the step that follows in time
      multiplyTile(dHidden, tile, weights, line, pieces, pieceSize,
                   gates + ((step + 1) * static_cast<size_t>(stepRows) + share.firstRow) * depth, share.rows, depth);
    }
    for (int i = 0; i < BACKWARD_TILE; i++) {
      for (int j = 0; j < BACKWARD_TILE; j++) {
        if (i < tile.rows && j < tile.units) {
          CellGates& values = kept[i][j].gates;
          cellBackwards(values, kept[i][j].previous, hyperbolicTangent(kept[i][j].cell), kept[i][j].dAbove + dHidden[i][j], dCell[i][j]);
          storeGatesFresh(ownGates + step * 4 * stepSize + i * static_cast<size_t>(depth) + j * tile.nextUnit, units, values);
        }
      }
    }
    if (step > 0) {
      announce(counter);
    }
  }
}

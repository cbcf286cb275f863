// The LSTM cell of one step, unit by unit.
#include "cell.h"

// gates [rows,4*units]: pre-activations of i, f, g, o; overwritten with the activations. The others are [rows,units]; cell and hidden are
// overwritten.
KERNEL(cellForward, 256, float* gates, const float* previousCell, float* cell, float* hidden, int rows, int units) {
  int index = blockIndex() * blockThreads() + threadIndex();
  if (index >= rows * units) {
    return;
  }
  float* own = gates + static_cast<size_t>(index / units) * 4 * units + index % units;
  CellGates values = loadGates(own, units);
  float state = previousCell[index];
  hidden[index] = cellForwards(values, state);
  cell[index] = state;
  storeGates(own, units, values);
}

// gates: activations; overwritten with the gradients of the pre-activations. dAbove and dHidden: gradients of h' from above and from the
// next step. dCell: gradient of c' from the next step; overwritten with that of c.
KERNEL(cellBackward, 256, float* gates, const float* previousCell, const float* cell, const float* dAbove, const float* dHidden,
       float* dCell, int rows, int units) {
  int index = blockIndex() * blockThreads() + threadIndex();
  if (index >= rows * units) {
    return;
  }
  float* own = gates + static_cast<size_t>(index / units) * 4 * units + index % units;
  CellGates values = loadGates(own, units);
  cellBackwards(values, previousCell[index], hyperbolicTangent(cell[index]), dAbove[index] + dHidden[index], dCell[index]);
  storeGates(own, units, values);
}

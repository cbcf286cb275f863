// Gradients of biases.
#include "kernel.h"

static const int COLUMNS = 32;
static const int LANES = 8;

// first [columns] = the sums of the columns of values [rows,columns], in double precision: every eighth row, then the eight sums in a
// tree. A copy goes to second, which may be null.
KERNEL(columnSums, 256, float* first, float* second, const float* values, int rows, int columns) {
  SHARED(double, sums, [LANES][COLUMNS]);
  int own = threadIndex() % COLUMNS;
  int lane = threadIndex() / COLUMNS;
  int column = blockIndex() * COLUMNS + own;
  double sum = 0;
  if (column < columns) {
    for (int row = lane; row < rows; row += LANES) {
      sum += values[static_cast<size_t>(row) * columns + column];
    }
  }
  sums[lane][own] = sum;
  blockBarrier();
  for (int distance = LANES / 2; distance > 0; distance /= 2) {
    if (lane < distance) {
      sums[lane][own] += sums[lane + distance][own];
    }
    blockBarrier();
  }
  if (lane == 0 && column < columns) {
    first[column] = static_cast<float>(sums[0][own]);
    if (second) {
      second[column] = static_cast<float>(sums[0][own]);
    }
  }
}

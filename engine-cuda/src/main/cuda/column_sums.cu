// Gradients of biases: the sums of columns, in two stages, so that there are blocks enough however few the columns are. The rows are cut
// into slices of 256. In either stage a block takes 32 columns; each of its warps adds up every eighth row, in increasing order, and the
// eight sums are added in a tree. How many slices there are depends on the rows alone.
#include "strided_sum.h"

namespace columnSlices {

static const int COLUMNS = 32;
static const int WARPS = 8;
static const int SLICE = 256;

// The sums of the block's columns over the rows [first,end) of values [.,columns]; the results are the first warp's, a column a lane.
template <typename T>
DEVICE double blockSums(double (&sums)[WARPS][COLUMNS], const T* values, int first, int end, int columns) {
  const int column = blockIndex() * COLUMNS + laneIndex();
  double sum = 0;
  if (column < columns) {
    const int row = first + warpIndex();
    const size_t line = static_cast<size_t>(columns);
    sum = stridedSum(values + row * line + column, (end - row + WARPS - 1) / WARPS, WARPS * line);
  }
  sums[warpIndex()][laneIndex()] = sum;
  for (int distance = WARPS / 2; distance > 0; distance /= 2) {
    blockBarrier();
    if (warpIndex() < distance) {
      sum += sums[warpIndex() + distance][laneIndex()];
      sums[warpIndex()][laneIndex()] = sum;
    }
  }
  return sum;
}

}  // namespace columnSlices

// partials [slices,columns] = the sums of each slice of values [rows,columns]; a row of blocks takes a slice.
KERNEL(columnSums, 256, double* partials, const float* values, int rows, int columns) {
  SHARED(double, sums, [columnSlices::WARPS][columnSlices::COLUMNS]);
  const int first = blockIndexY() * columnSlices::SLICE;
  const int rest = rows - first;
  const double sum = columnSlices::blockSums(sums, values, first, first + (rest < columnSlices::SLICE ? rest : columnSlices::SLICE), columns);
  const int column = blockIndex() * columnSlices::COLUMNS + laneIndex();
  if (warpIndex() == 0 && column < columns) {
    partials[static_cast<size_t>(blockIndexY()) * columns + column] = sum;
  }
}

// first [columns] = the sums of the slices; a copy goes to second, which may be null.
KERNEL(addColumnSums, 256, float* first, float* second, const double* partials, int slices, int columns) {
  SHARED(double, sums, [columnSlices::WARPS][columnSlices::COLUMNS]);
  const double sum = columnSlices::blockSums(sums, partials, 0, slices, columns);
  const int column = blockIndex() * columnSlices::COLUMNS + laneIndex();
  if (warpIndex() == 0 && column < columns) {
    first[column] = static_cast<float>(sum);
    if (second) {
      second[column] = static_cast<float>(sum);
    }
  }
}

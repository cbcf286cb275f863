// The product of a one-hot input with its weights: a row of a table for each symbol.
#include "kernel.h"

// table [symbols,gates] = (inputBias [gates] + recurrentBias [gates]) + weight [gates,symbols]^T
KERNEL(inputTable, 256, float* table, const float* weight, const float* inputBias, const float* recurrentBias, int symbols, int gates) {
  size_t index = static_cast<size_t>(blockIndex()) * blockThreads() + threadIndex();
  if (index < static_cast<size_t>(symbols) * gates) {
    int symbol = static_cast<int>(index / gates);
    int gate = static_cast<int>(index % gates);
    table[index] = (inputBias[gate] + recurrentBias[gate]) + weight[static_cast<size_t>(gate) * symbols + symbol];
  }
}

// target [rows,columns] = rows of table [.,columns] by their number ids [rows]
KERNEL(gatherRows, 256, float* target, const float* table, const int* ids, int rows, int columns) {
  size_t index = static_cast<size_t>(blockIndex()) * blockThreads() + threadIndex();
  if (index < static_cast<size_t>(rows) * columns) {
    int row = static_cast<int>(index / columns);
    int column = static_cast<int>(index % columns);
    target[index] = table[static_cast<size_t>(ids[row]) * columns + column];
  }
}

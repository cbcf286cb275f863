// The product of a one-hot input with its weights: a row of a table for each symbol.
#include "kernel.h"

// table [symbols,gates] = (inputBias [gates] + recurrentBias [gates]) + weight [gates,symbols]^T
KERNEL(inputTable, 256, float* table, const float* weight, const float* inputBias, const float* recurrentBias, int symbols, int gates) {
  int index = blockIndex() * blockThreads() + threadIndex();
  if (index < symbols * gates) {
    int symbol = index / gates;
    int gate = index % gates;
    table[index] = (inputBias[gate] + recurrentBias[gate]) + weight[static_cast<size_t>(gate) * symbols + symbol];
  }
}

// target [rows,columns] = rows of table [.,columns] by their number ids [rows]; columns is a multiple of 4, and a thread copies four values.
KERNEL(gatherRows, 256, float4* target, const float4* table, const int* ids, int rows, int columns) {
  unsigned fours = columns / 4;
  unsigned index = static_cast<unsigned>(blockIndex()) * blockThreads() + threadIndex();
  unsigned row = index / fours;
  if (row < static_cast<unsigned>(rows)) {
    target[index] = table[static_cast<size_t>(ids[row]) * fours + index % fours];
  }
}

// The gradient of the weights of a one-hot input.
#include "kernel.h"

// gradient [gates,symbols] = sums of the rows of dGates [.,gates] over the tokens of each symbol, in increasing order: those of symbol s are
// positions [starts[s], starts[s+1]). A block takes 256 gates of one symbol.
KERNEL(symbolGradient, 256, float* gradient, const float* dGates, const int* starts, const int* positions, int symbols, int gates) {
  int symbol = blockIndex();
  int gate = blockIndexY() * blockThreads() + threadIndex();
  if (gate < gates) {
    float sum = 0.0f;
    int end = starts[symbol + 1];
    for (int i = starts[symbol]; i < end; i++) {
      sum += dGates[static_cast<size_t>(positions[i]) * gates + gate];
    }
    gradient[static_cast<size_t>(gate) * symbols + symbol] = sum;
  }
}

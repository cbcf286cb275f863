// The gradient of the weights of a one-hot input: of the gradients of the pre-activations, the sums over the tokens of each symbol, in two
// stages. A text has some symbols at every sixth place and some not at all; so the tokens, in the order of their symbols, are cut into
// pieces of 64, which take the same time. A piece has a sum for every symbol in it, over its tokens in increasing order, and the second
// stage adds up the sums of a symbol, likewise. Symbol s in piece p has row p + s of the partial sums: from one sum to the next the piece
// or the symbol is another one, and neither ever decreases, so that no two sums have the same row.
#include "strided_sum.h"

namespace symbolPieces {

static const int PIECE = 64;

}  // namespace symbolPieces

// partials [pieces+symbols,gates] = the sums of each piece, of the rows of dGates [tokens,gates]; other rows are left alone. positions
// [tokens] are the tokens in the order of their symbols ids [tokens]. A block takes 256 gates of a piece.
KERNEL(symbolSums, 256, float* partials, const float* dGates, const int* ids, const int* positions, int tokens, int gates) {
  SHARED(int, own, [symbolPieces::PIECE]);
  SHARED(int, symbolOf, [symbolPieces::PIECE]);
  const int first = blockIndex() * symbolPieces::PIECE;
  const int count = tokens - first < symbolPieces::PIECE ? tokens - first : symbolPieces::PIECE;
  if (threadIndex() < symbolPieces::PIECE) {
    const int token = positions[first + (threadIndex() < count ? threadIndex() : count - 1)];  // so that all are tokens
    own[threadIndex()] = token;
    symbolOf[threadIndex()] = ids[token];
  }
  blockBarrier();
  const int gate = blockIndexY() * blockThreads() + threadIndex();
  if (gate >= gates) {
    return;
  }
  int symbol = symbolOf[0];
  float sum = 0.0f;
  for (int from = 0; from < count; from += LOADS_AHEAD) {
    float loaded[LOADS_AHEAD];
    UNROLLED for (int i = 0; i < LOADS_AHEAD; i++) {
      loaded[i] = dGates[static_cast<size_t>(own[from + i]) * gates + gate];
    }
    UNROLLED for (int i = 0; i < LOADS_AHEAD; i++) {
      if (symbolOf[from + i] != symbol) {
        partials[static_cast<size_t>(blockIndex() + symbol) * gates + gate] = sum;
        symbol = symbolOf[from + i];
        sum = 0.0f;
      }
      sum += from + i < count ? loaded[i] : 0.0f;
    }
  }
  partials[static_cast<size_t>(blockIndex() + symbol) * gates + gate] = sum;
}

// gradient [gates,symbols] = the sums over the pieces; the tokens of symbol s have the places [starts[s],starts[s+1]) in the order. A block
// takes 256 gates of a symbol.
KERNEL(symbolGradient, 256, float* gradient, const float* partials, const int* starts, int symbols, int gates) {
  const int symbol = blockIndex();
  const int gate = blockIndexY() * blockThreads() + threadIndex();
  if (gate < gates) {
    const int start = starts[symbol];
    const int end = starts[symbol + 1];
    const int first = start / symbolPieces::PIECE;
    const int pieces = start < end ? (end - 1) / symbolPieces::PIECE - first + 1 : 0;
    const size_t line = static_cast<size_t>(gates);
    const double sum = stridedSum(partials + (first + symbol) * line + gate, pieces, line);
    gradient[static_cast<size_t>(gate) * symbols + symbol] = static_cast<float>(sum);
  }
}

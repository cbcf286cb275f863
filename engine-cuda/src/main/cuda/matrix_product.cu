// Matrix products, row-major without gaps, of any size. An element of c is one chain of fused multiply-adds over k in increasing order,
// which starts from the addend's value or, if that is null, from zero: how the product is cut into tiles cannot change a bit. The addend's
// rows lie `addendLine` floats apart: n for a matrix, which may be c itself, or 0 for a row that is added to all.
#include "kernel.h"

static const int TILE = 64;       // rows and columns of c that a block computes
static const int DEPTH = 16;      // of k at a time
static const int OWN = 4;         // rows and columns of c that a thread computes
static const int THREADS = 256;   // (TILE / OWN)^2
static const int PADDED = TILE + 4;

// Copies [DEPTH][TILE] of a matrix to shared memory: lines from `line` on, which are the rows or, if transposed, the columns of the
// stored matrix, and of each the elements from `first` on. Outside of the matrix there are zeros, which nobody uses.
template <bool transposed>
DEVICE void copyTile(float (&tile)[DEPTH][PADDED], const float* matrix, int lines, int depth, int line, int first) {
  for (int i = threadIndex(); i < TILE * DEPTH; i += THREADS) {
    int column = transposed ? i % TILE : i / DEPTH;
    int k = transposed ? i / TILE : i % DEPTH;
    bool inside = line + column < lines && first + k < depth;
    size_t index = transposed ? static_cast<size_t>(first + k) * lines + line + column
                              : static_cast<size_t>(line + column) * depth + first + k;
    tile[k][column] = inside ? matrix[index] : 0.0f;
  }
}

template <bool leftTransposed, bool rightTransposed>
DEVICE void multiply(float (&left)[DEPTH][PADDED], float (&right)[DEPTH][PADDED], float* c, const float* addend, const float* a,
                     const float* b, int m, int n, int depth, int addendLine) {
  int firstRow = blockIndex() * TILE;
  int firstColumn = blockIndexY() * TILE;
  int ownRow = threadIndex() / (TILE / OWN) * OWN;
  int ownColumn = threadIndex() % (TILE / OWN) * OWN;
  float sums[OWN][OWN];
  for (int i = 0; i < OWN; i++) {
    for (int j = 0; j < OWN; j++) {
      int row = firstRow + ownRow + i;
      int column = firstColumn + ownColumn + j;
      sums[i][j] = addend && row < m && column < n ? addend[static_cast<size_t>(row) * addendLine + column] : 0.0f;
    }
  }
  for (int first = 0; first < depth; first += DEPTH) {
    copyTile<leftTransposed>(left, a, m, depth, firstRow, first);
    copyTile<rightTransposed>(right, b, n, depth, firstColumn, first);
    blockBarrier();
    int count = depth - first < DEPTH ? depth - first : DEPTH;
    for (int k = 0; k < count; k++) {
      for (int i = 0; i < OWN; i++) {
        for (int j = 0; j < OWN; j++) {
          sums[i][j] = fusedMultiplyAdd(left[k][ownRow + i], right[k][ownColumn + j], sums[i][j]);
        }
      }
    }
    blockBarrier();
  }
  for (int i = 0; i < OWN; i++) {
    for (int j = 0; j < OWN; j++) {
      int row = firstRow + ownRow + i;
      int column = firstColumn + ownColumn + j;
      if (row < m && column < n) {
        c[static_cast<size_t>(row) * n + column] = sums[i][j];
      }
    }
  }
}

// c [m,n] = addend + a [m,depth] * b [n,depth]^T
KERNEL(productRightTransposed, 256, float* c, const float* addend, const float* a, const float* b, int m, int n, int depth, int addendLine) {
  SHARED(float, left, [DEPTH][PADDED]);
  SHARED(float, right, [DEPTH][PADDED]);
  multiply<false, false>(left, right, c, addend, a, b, m, n, depth, addendLine);
}

// c [m,n] = addend + a [m,depth] * b [depth,n]
KERNEL(product, 256, float* c, const float* addend, const float* a, const float* b, int m, int n, int depth, int addendLine) {
  SHARED(float, left, [DEPTH][PADDED]);
  SHARED(float, right, [DEPTH][PADDED]);
  multiply<false, true>(left, right, c, addend, a, b, m, n, depth, addendLine);
}

// c [m,n] = addend + a [depth,m]^T * b [depth,n]
KERNEL(productLeftTransposed, 256, float* c, const float* addend, const float* a, const float* b, int m, int n, int depth, int addendLine) {
  SHARED(float, left, [DEPTH][PADDED]);
  SHARED(float, right, [DEPTH][PADDED]);
  multiply<true, true>(left, right, c, addend, a, b, m, n, depth, addendLine);
}

// Matrix products on tensor cores in TF32: both factors are rounded to 10 bits of fraction, to nearest, ties away from zero, when they leave
// shared memory; sums are floats. Row-major without gaps, of any size.
#include "product_tile.h"

namespace tf32 {

using tensor::Factor;
using tensor::Place;
using tensor::Product;
using Element = float;

static const int DEPTH = 16;   // of k in a stage
static const int STAGES = 3;   // one is multiplied while two are on their way

// Where an element lies in the part of a stage that holds `lines` lines. Pieces of 16 bytes are exchanged so that what a warp reads or writes
// at once lies in different banks: the copies (16 bytes a thread), ldmatrix (8 lines at one k), and single loads (4 k times 8 lines).
template <int lines, bool along>
DEVICE int offset(int line, int k) {
  return along ? line * DEPTH + ((((k >> 2) ^ (line >> 1)) & 3) << 2) + (k & 3) : k * lines + (line ^ ((k & 3) << 3));
}

// Starts to copy `lines` lines from `first` on, for k from `begin` on; beyond the matrix, or `end`, come zeros.
template <int lines, bool along>
DEVICE void copy(float* part, const Factor& factor, int first, int begin, int end) {
  const int inner = along ? DEPTH : lines;
  if (factor.aligned) {
    UNROLLED for (int i = 0; i < lines * DEPTH / 4; i += tensor::THREADS) {
      const int index = i + threadIndex();
      const int line = along ? index / (inner / 4) : index % (inner / 4) * 4;
      const int k = along ? index % (inner / 4) * 4 : index / (inner / 4);
      if (lines * DEPTH / 4 % tensor::THREADS == 0 || index < lines * DEPTH / 4) {
        const bool inside = first + line < factor.lines && begin + k < end;
        const float* from = inside ? tensor::element<along>(factor, first + line, begin + k) : factor.values;
        copyAsync16OrZero(part + offset<lines, along>(line, k), from, inside);
      }
    }
    return;
  }
  ROLLED for (int i = 0; i < lines * DEPTH; i += tensor::THREADS) {
    const int index = i + threadIndex();
    const int line = along ? index / inner : index % inner;
    const int k = along ? index % inner : index / inner;
    const bool inside = first + line < factor.lines && begin + k < end;
    const float* from = inside ? tensor::element<along>(factor, first + line, begin + k) : factor.values;
    copyAsync4OrZero(part + offset<lines, along>(line, k), from, inside);
  }
}

// A warp's [16][8] of the left factor, from this row of the part on.
template <int lines, bool along>
DEVICE void loadLeft(unsigned (&left)[4], const float* part, int row, int k) {
  const int lane = laneIndex();
  if (along) {
    loadMatrix4(left, part + offset<lines, along>(row + (lane & 15), k + (lane >> 4) * 4));
  }
  UNROLLED for (int i = 0; i < 4; i++) {
    const float value = along ? bitsFloat(left[i]) : part[offset<lines, along>(row + (lane >> 2) + (i & 1) * 8, k + (lane & 3) + (i >> 1) * 4)];
    left[i] = toTf32(value);
  }
}

// Two neighbors, each [8][8], of the right factor.
template <int lines, bool along>
DEVICE void loadRight(unsigned (&first)[2], unsigned (&second)[2], const float* part, int column, int k) {
  const int lane = laneIndex();
  unsigned four[4];
  if (along) {
    loadMatrix4(four, part + offset<lines, along>(column + (lane & 7) + (lane >> 4) * 8, k + ((lane >> 3) & 1) * 4));
  }
  UNROLLED for (int i = 0; i < 4; i++) {
    const float value = along ? bitsFloat(four[i]) : part[offset<lines, along>(column + (lane >> 2) + (i >> 1) * 8, k + (lane & 3) + (i & 1) * 4)];
    (i < 2 ? first : second)[i & 1] = toTf32(value);
  }
}

template <int down, int across, bool leftAlong, bool rightAlong>
DEVICE void multiplyStage(float (&sums)[down][across][4], const float* left, const float* right) {
  UNROLLED for (int k = 0; k < DEPTH; k += 8) {
    unsigned a[down][4];
    unsigned b[across][2];
    UNROLLED for (int i = 0; i < down; i++) {
      loadLeft<32 * down, leftAlong>(a[i], left, tensor::warpRow<down>() + 16 * i, k);
    }
    UNROLLED for (int j = 0; j < across; j += 2) {
      loadRight<32 * across, rightAlong>(b[j], b[j + 1], right, tensor::warpColumn<across>() + 8 * j, k);
    }
    UNROLLED for (int i = 0; i < down; i++) {
      UNROLLED for (int j = 0; j < across; j++) {
        mmaTf32(sums[i][j], a[i], b[j]);
      }
    }
  }
}

template <int down, int across, bool leftAlong, bool rightAlong>
DEVICE void multiply(float* stages, const Product& product) {
  const int leftSize = 32 * down * DEPTH;
  const int size = leftSize + 32 * across * DEPTH;
  const Place place = tensor::place<down, across>(product);
  const Factor left = tensor::factor<leftAlong>(product.a, product.m, product.depth);
  const Factor right = tensor::factor<rightAlong>(product.b, product.n, product.depth);
  float sums[down][across][4];
  tensor::clear(sums);
  // Groups of copies are counted, so that one is committed for every stage, even if it is past the end and has nothing to copy.
  auto copyStage = [&](int number) {
    const int begin = place.begin + number * DEPTH;
    if (begin < place.end) {
      float* stage = stages + number % STAGES * size;
      copy<32 * down, leftAlong>(stage, left, place.row, begin, place.end);
      copy<32 * across, rightAlong>(stage + leftSize, right, place.column, begin, place.end);
    }
    copyAsyncCommit();
  };
  for (int number = 0; number < STAGES - 1; number++) {
    copyStage(number);
  }
  for (int number = 0; place.begin + number * DEPTH < place.end; number++) {
    copyAsyncWait<STAGES - 2>();
    // Now everybody's copies are there, and nobody reads the stage any more that is filled next.
    blockBarrier();
    copyStage(number + STAGES - 1);
    const float* stage = stages + number % STAGES * size;
    multiplyStage<down, across, leftAlong, rightAlong>(sums, stage, stage + leftSize);
  }
  tensor::store(product, place, sums);
}

}  // namespace tf32

// c [m,n] = addend + a [m,depth] * b [n,depth]^T
TENSOR_PRODUCT(productRightTransposedTf32, tf32, 4, 4, true, true)
TENSOR_PRODUCT(productRightTransposedTf32Small, tf32, 1, 2, true, true)

// c [m,n] = addend + a [m,depth] * b [depth,n]
TENSOR_PRODUCT(productTf32, tf32, 4, 4, true, false)
TENSOR_PRODUCT(productTf32Small, tf32, 1, 2, true, false)

// c [m,n] = addend + a [depth,m]^T * b [depth,n]
TENSOR_PRODUCT(productLeftTransposedTf32, tf32, 4, 4, false, false)
TENSOR_PRODUCT(productLeftTransposedTf32Small, tf32, 1, 2, false, false)

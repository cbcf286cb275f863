// Matrix products on tensor cores in bfloat16: both factors are rounded to 7 bits of fraction, to nearest, ties to even, on their way to
// shared memory; sums are floats. Row-major without gaps, of any size.
#include "product_tile.h"

namespace bf16 {

using tensor::Factor;
using tensor::Place;
using tensor::Product;
using Element = unsigned short;

static const int DEPTH = 32;   // of k in a stage
static const int STAGES = 2;   // one is multiplied while the other is filled

// Where an element lies in the part of a stage that holds `lines` lines. Pieces of 16 bytes are exchanged so that the eight that ldmatrix
// reads at once, of eight neighboring lines or k, lie in different banks.
template <int lines, bool along>
DEVICE int offset(int line, int k) {
  if (along) {
    return line * DEPTH + ((((k >> 3) ^ (line >> 1)) & 3) << 3) + (k & 7);
  }
  return k * lines + (line ^ ((lines == 32 ? (k >> 1) & 3 : k & 7) << 3));
}

// What a thread has on its way from global to shared memory: fours of neighbors, each STEP lines, or k, after the one before.
template <int lines, bool along>
struct Load {
  static const int INNER = (along ? DEPTH : lines) / 4;
  static const int STEP = tensor::THREADS / INNER;
  static const int COUNT = lines * DEPTH / 4 / tensor::THREADS;
  // How far apart they lie in shared memory; a multiple of 8 steps leaves the exchange of pieces as it is.
  static const int DISTANCE = STEP * (along ? DEPTH : lines);
  static_assert(COUNT == 1 || STEP % 8 == 0, "the pieces of one thread would be exchanged differently");
  float4 values[COUNT];
};

// The line and the k of the first element that a thread loads.
template <int lines, bool along>
DEVICE int firstLine() { return along ? threadIndex() / Load<lines, along>::INNER : threadIndex() % Load<lines, along>::INNER * 4; }
template <int lines, bool along>
DEVICE int firstDepth() { return along ? threadIndex() % Load<lines, along>::INNER * 4 : threadIndex() / Load<lines, along>::INNER; }

// Loads `lines` lines from `first` on, for k from `begin` on; beyond the matrix, or `end`, come zeros.
template <int lines, bool along>
DEVICE Load<lines, along> load(const Factor& factor, int first, int begin, int end) {
  Load<lines, along> load;
  const int line = first + firstLine<lines, along>();
  const int k = begin + firstDepth<lines, along>();
  const float* from = tensor::element<along>(factor, line, k);
  const size_t step = static_cast<size_t>(load.STEP) * (along ? factor.depth : factor.lines);
  UNROLLED for (int i = 0; i < load.COUNT; i++) {
    const int steps = i * load.STEP;
    const bool inside = factor.aligned && line + (along ? steps : 0) < factor.lines && k + (along ? 0 : steps) < end;
    load.values[i] = inside ? *reinterpret_cast<const float4*>(from) : make_float4(0.0f, 0.0f, 0.0f, 0.0f);
    from += step;
  }
  return load;
}

DEVICE void storeFour(unsigned short* target, float4 four) {
  *reinterpret_cast<uint2*>(target) = make_uint2(packBfloat16(four.x, four.y), packBfloat16(four.z, four.w));
}

// Stores what was loaded, or, if the factor is not aligned, what lies there now, one value at a time, which is slower.
template <int lines, bool along>
DEVICE void store(unsigned short* part, const Load<lines, along>& load, const Factor& factor, int first, int begin, int end) {
  unsigned short* target = part + offset<lines, along>(firstLine<lines, along>(), firstDepth<lines, along>());
  if (factor.aligned) {
    UNROLLED for (int i = 0; i < load.COUNT; i++) {
      storeFour(target + i * load.DISTANCE, load.values[i]);
    }
    return;
  }
  int line = first + firstLine<lines, along>();
  int k = begin + firstDepth<lines, along>();
  ROLLED for (int i = 0; i < load.COUNT; i++) {
    const float* from = tensor::element<along>(factor, line, k);
    // How many of the four are inside.
    const int count = line >= factor.lines || k >= end ? 0 : along ? end - k : factor.lines - line;
    storeFour(target + i * load.DISTANCE,
              make_float4(count > 0 ? from[0] : 0.0f, count > 1 ? from[1] : 0.0f, count > 2 ? from[2] : 0.0f, count > 3 ? from[3] : 0.0f));
    (along ? line : k) += load.STEP;
  }
}

// A warp's [16][16] of the left factor, from this row of the part on.
template <int lines, bool along>
DEVICE void loadLeft(unsigned (&left)[4], const unsigned short* part, int row, int k) {
  const int lane = laneIndex();
  if (along) {
    loadMatrix4(left, part + offset<lines, along>(row + (lane & 15), k + (lane >> 4) * 8));
  } else {
    loadMatrix4Transposed(left, part + offset<lines, along>(row + ((lane >> 3) & 1) * 8, k + (lane & 7) + (lane >> 4) * 8));
  }
}

// Two neighbors, each [16][8], of the right factor.
template <int lines, bool along>
DEVICE void loadRight(unsigned (&first)[2], unsigned (&second)[2], const unsigned short* part, int column, int k) {
  const int lane = laneIndex();
  unsigned four[4];
  if (along) {
    loadMatrix4(four, part + offset<lines, along>(column + (lane & 7) + (lane >> 4) * 8, k + ((lane >> 3) & 1) * 8));
  } else {
    loadMatrix4Transposed(four, part + offset<lines, along>(column + (lane >> 4) * 8, k + (lane & 15)));
  }
  first[0] = four[0];
  first[1] = four[1];
  second[0] = four[2];
  second[1] = four[3];
}

// Multiplies the stage's 16 k from `k` on.
template <int down, int across, bool leftAlong, bool rightAlong>
DEVICE void multiplyHalf(float (&sums)[down][across][4], const unsigned short* left, const unsigned short* right, int k) {
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
      mmaBfloat16(sums[i][j], a[i], b[j]);
    }
  }
}

template <int down, int across, bool leftAlong, bool rightAlong>
DEVICE void multiply(unsigned short* stages, const Product& product) {
  const int leftSize = 32 * down * DEPTH;
  const int size = leftSize + 32 * across * DEPTH;
  const Place place = tensor::place<down, across>(product);
  const Factor left = tensor::factor<leftAlong>(product.a, product.m, product.depth);
  const Factor right = tensor::factor<rightAlong>(product.b, product.n, product.depth);
  float sums[down][across][4];
  tensor::clear(sums);
  const int rows = 32 * down;
  const int columns = 32 * across;
  store<rows, leftAlong>(stages, load<rows, leftAlong>(left, place.row, place.begin, place.end), left, place.row, place.begin, place.end);
  store<columns, rightAlong>(stages + leftSize, load<columns, rightAlong>(right, place.column, place.begin, place.end), right, place.column,
                             place.begin, place.end);
  int number = 0;
  for (int begin = place.begin; begin < place.end; begin += DEPTH) {
    // After this, the stage is whole, and nobody reads the other one any more, which is filled meanwhile. The factors come one after the
    // other, so that they wait in the same registers.
    blockBarrier();
    const unsigned short* stage = stages + number * size;
    number ^= 1;
    unsigned short* next = stages + number * size;
    const Load<rows, leftAlong> leftLoad = load<rows, leftAlong>(left, place.row, begin + DEPTH, place.end);
    multiplyHalf<down, across, leftAlong, rightAlong>(sums, stage, stage + leftSize, 0);
    store<rows, leftAlong>(next, leftLoad, left, place.row, begin + DEPTH, place.end);
    const Load<columns, rightAlong> rightLoad = load<columns, rightAlong>(right, place.column, begin + DEPTH, place.end);
    multiplyHalf<down, across, leftAlong, rightAlong>(sums, stage, stage + leftSize, 16);
    store<columns, rightAlong>(next + leftSize, rightLoad, right, place.column, begin + DEPTH, place.end);
  }
  tensor::store(product, place, sums);
}

}  // namespace bf16

// c [m,n] = addend + a [m,depth] * b [n,depth]^T
TENSOR_PRODUCT(productRightTransposedBf16, bf16, 4, 4, true, true)
TENSOR_PRODUCT(productRightTransposedBf16Small, bf16, 1, 2, true, true)

// c [m,n] = addend + a [m,depth] * b [depth,n]
TENSOR_PRODUCT(productBf16, bf16, 4, 4, true, false)
TENSOR_PRODUCT(productBf16Small, bf16, 1, 2, true, false)

// c [m,n] = addend + a [depth,m]^T * b [depth,n]
TENSOR_PRODUCT(productLeftTransposedBf16, bf16, 4, 4, false, false)
TENSOR_PRODUCT(productLeftTransposedBf16Small, bf16, 1, 2, false, false)

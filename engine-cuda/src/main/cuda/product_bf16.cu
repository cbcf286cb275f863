// Matrix products on tensor cores in bfloat16: both factors are rounded to 7 bits of fraction, to nearest, ties to even, on their way to
// shared memory; sums are floats. Row-major without gaps, of any size.
#include "product_tile.h"

namespace bf16 {

using tensor::Factor;
using tensor::Lane;
using tensor::Place;
using tensor::Product;
using Element = unsigned short;

static const int DEPTH = 32;        // of k in a stage
static const int ELEMENTS = 16384;  // of two stages of the large tile: one is multiplied while the other is on its way

// Where an element lies in the part of a stage that holds `lines` lines. Pieces of 16 bytes are exchanged so that the eight that ldmatrix
// reads at once, of eight neighboring lines or k, lie in different banks.
template <int lines, bool along>
DEVICE int offset(int line, int k) {
  if (along) {
    return line * DEPTH + ((((k >> 3) ^ (line >> 1)) & 3) << 3) + (k & 7);
  }
  return k * lines + (line ^ ((lines == 32 ? (k >> 1) & 3 : k & 7) << 3));
}

// What a thread has on its way from global to shared memory.
template <int lines, bool along>
struct Load {
  float4 values[tensor::Pieces<lines, DEPTH, along>::COUNT];
};

// Loads `lines` lines from `first` on, for k from `begin` on; beyond the matrix, or `end`, come zeros.
template <int lines, bool along>
DEVICE void load(Load<lines, along>& load, const Factor& factor, int first, int begin, int end) {
  using Pieces = tensor::Pieces<lines, DEPTH, along>;
  const float* from = tensor::element<along>(factor, first + Pieces::line(0), begin + Pieces::k(0));
  const size_t step = static_cast<size_t>(Pieces::STEP) * (along ? factor.depth : factor.lines);
  UNROLLED for (int i = 0; i < Pieces::COUNT; i++) {
    const bool inside = factor.aligned && first + Pieces::line(i) < factor.lines && begin + Pieces::k(i) < end;
    load.values[i] = inside ? *reinterpret_cast<const float4*>(from) : make_float4(0.0f, 0.0f, 0.0f, 0.0f);
    from += step;
  }
}

DEVICE void storeFour(unsigned short* target, float4 four) {
  *reinterpret_cast<uint2*>(target) = make_uint2(packBfloat16(four.x, four.y), packBfloat16(four.z, four.w));
}

// Stores what was loaded, or, if the factor is not aligned, what lies there now, one value at a time, which is slower.
template <int lines, bool along>
DEVICE void store(unsigned short* part, const Load<lines, along>& load, const Factor& factor, int first, int begin, int end) {
  using Pieces = tensor::Pieces<lines, DEPTH, along>;
  if (factor.aligned) {
    UNROLLED for (int i = 0; i < Pieces::COUNT; i++) {
      storeFour(part + offset<lines, along>(Pieces::line(i), Pieces::k(i)), load.values[i]);
    }
    return;
  }
  ROLLED for (int i = 0; i < Pieces::COUNT; i++) {
    const int line = first + Pieces::line(i);
    const int k = begin + Pieces::k(i);
    const float* from = tensor::element<along>(factor, line, k);
    // How many of the four are inside.
    const int count = line >= factor.lines || k >= end ? 0 : along ? end - k : factor.lines - line;
    storeFour(part + offset<lines, along>(Pieces::line(i), Pieces::k(i)),
              make_float4(count > 0 ? from[0] : 0.0f, count > 1 ? from[1] : 0.0f, count > 2 ? from[2] : 0.0f, count > 3 ? from[3] : 0.0f));
  }
}

struct Arithmetic {
  static const int STAGE = bf16::DEPTH;
  static const int DEPTH = 16;

  // Along k an offset is for 16 k of the first 16 lines, otherwise for the first 16 k of 16 lines.
  template <int lines, bool along>
  DEVICE Lane lane(int first) {
    const int lane = laneIndex();
    Lane places;
    UNROLLED for (int i = 0; i < 4; i++) {
      places.offsets[i] = along ? offset<lines, true>(first + (lane & 15), (16 * i + (lane >> 4) * 8) % STAGE)
                                : offset<lines, false>(first + 16 * i + ((lane >> 3) & 1) * 8, (lane & 7) + (lane >> 4) * 8);
    }
    return places;
  }

  // [16][16] of a warp's lines.
  template <int lines, bool along>
  DEVICE void load(unsigned (&four)[4], const unsigned short* part, const Lane& lane, int sixteen, int k) {
    if (along) {
      loadMatrix4(four, part + lane.offsets[k / 16] + 16 * sixteen * STAGE);
    } else {
      loadMatrix4Transposed(four, part + lane.offsets[sixteen] + k * lines);
    }
  }

  DEVICE void multiply(float (&sums)[4], const unsigned (&a)[4], const unsigned (&b)[2]) { mmaBfloat16(sums, a, b); }
};

template <int down, int across, bool leftAlong, bool rightAlong>
DEVICE void multiply(unsigned short* stages, const Product& product) {
  const int rows = 32 * down;
  const int columns = 16 * across;
  const Place place = tensor::place<down, across>(product);
  const Factor left = tensor::factor<leftAlong>(product.a, product.m, product.depth);
  const Factor right = tensor::factor<rightAlong>(product.b, product.n, product.depth);
  Load<rows, leftAlong> leftLoad;
  Load<columns, rightAlong> rightLoad;
  const auto loadStage = [&](int begin) {
    load<rows, leftAlong>(leftLoad, left, place.row, begin, place.end);
    load<columns, rightAlong>(rightLoad, right, place.column, begin, place.end);
  };
  const auto storeStage = [&](unsigned short* stage, int begin) {
    store<rows, leftAlong>(stage, leftLoad, left, place.row, begin, place.end);
    store<columns, rightAlong>(stage + rows * DEPTH, rightLoad, right, place.column, begin, place.end);
  };
  loadStage(place.begin);
  storeStage(stages, place.begin);
  const Lane leftLane = Arithmetic::lane<rows, leftAlong>(tensor::warpRow<down>());
  const Lane rightLane = Arithmetic::lane<columns, rightAlong>(tensor::warpColumn<across>());
  float sums[down][across][4];
  tensor::clear(sums);
  unsigned short* stage = stages;
  unsigned short* next = stages + (rows + columns) * DEPTH;
  for (int begin = place.begin; begin < place.end; begin += DEPTH) {
    // After this, the stage is whole, and nobody reads the other one any more, which is filled meanwhile.
    blockBarrier();
    loadStage(begin + DEPTH);
    tensor::multiplyStage<Arithmetic, leftAlong, rightAlong>(sums, stage, leftLane, stage + rows * DEPTH, rightLane);
    storeStage(next, begin + DEPTH);
    unsigned short* const whole = next;
    next = stage;
    stage = whole;
  }
  tensor::store(product, place, sums);
}

}  // namespace bf16

// c [m,n] = addend + a [m,depth] * b [n,depth]^T
TENSOR_PRODUCT(productRightTransposedBf16, bf16, 4, 8, true, true)
TENSOR_PRODUCT(productRightTransposedBf16Small, bf16, 1, 4, true, true)

// c [m,n] = addend + a [m,depth] * b [depth,n]
TENSOR_PRODUCT(productBf16, bf16, 4, 8, true, false)
TENSOR_PRODUCT(productBf16Small, bf16, 1, 4, true, false)

// c [m,n] = addend + a [depth,m]^T * b [depth,n]
TENSOR_PRODUCT(productLeftTransposedBf16, bf16, 4, 8, false, false)
TENSOR_PRODUCT(productLeftTransposedBf16Small, bf16, 1, 4, false, false)

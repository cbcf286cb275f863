// Matrix products on tensor cores in TF32: both factors are rounded to 10 bits of fraction, to nearest, ties away from zero, when they leave
// shared memory; sums are floats. Row-major without gaps, of any size.
#include "product_tile.h"

namespace tf32 {

using tensor::Factor;
using tensor::Lane;
using tensor::Place;
using tensor::Product;
using Element = float;

static const int DEPTH = 16;         // of k in a stage
static const int ELEMENTS = 12288;   // of all stages: 48 KB, which every GPU gives; 3 stages of the large tile, 8 of the small one

// Where an element lies in the part of a stage that holds `lines` lines. Pieces of 16 bytes are exchanged so that what a warp reads or writes
// at once lies in different banks: the copies (16 bytes a thread), ldmatrix (8 lines at one k), and single loads (4 k times 8 lines).
template <int lines, bool along>
DEVICE int offset(int line, int k) {
  return along ? line * DEPTH + ((((k >> 2) ^ (line >> 1)) & 3) << 2) + (k & 3) : k * lines + (line ^ ((k & 3) << 3));
}

// What a thread copies of an aligned factor; everything that is the same for all stages is known before the first.
template <int lines, bool along>
struct Copies {
  using Pieces = tensor::Pieces<lines, DEPTH, along>;
  // The exchange of pieces is the same for all of a thread's.
  static const int DISTANCE = Pieces::STEP * (along ? DEPTH : lines);
  static_assert(Pieces::COUNT == 1 || Pieces::STEP % (along ? 8 : 4) == 0, "the pieces of one thread would be exchanged differently");

  const float* from[Pieces::COUNT];
  size_t stage;  // floats from one stage to the next
  int target;
};

template <int lines, bool along>
DEVICE Copies<lines, along> copies(const Factor& factor, int first, int begin) {
  using Pieces = tensor::Pieces<lines, DEPTH, along>;
  Copies<lines, along> copies;
  UNROLLED for (int i = 0; i < Pieces::COUNT; i++) {
    copies.from[i] = Pieces::from(factor, first, begin, i);
  }
  copies.stage = along ? DEPTH : static_cast<size_t>(DEPTH) * factor.lines;
  copies.target = offset<lines, along>(Pieces::line(0), Pieces::k(0));
  return copies;
}

// Starts to copy `lines` lines from `first` on, for k from `begin` on; beyond `end` come zeros.
template <int lines, bool along>
DEVICE void copy(float* part, Copies<lines, along>& copies, const Factor& factor, int first, int begin, int end) {
  using Pieces = tensor::Pieces<lines, DEPTH, along>;
  if (factor.aligned) {
    UNROLLED for (int i = 0; i < Pieces::COUNT; i++) {
      copyAsync16OrZero(part + copies.target + i * copies.DISTANCE, copies.from[i], begin + Pieces::k(i) < end);
      copies.from[i] += copies.stage;
    }
    return;
  }
  const int inner = along ? DEPTH : lines;
  ROLLED for (int index = threadIndex(); index < lines * DEPTH; index += tensor::THREADS) {
    const int line = along ? index / inner : index % inner;
    const int k = along ? index % inner : index / inner;
    const bool inside = first + line < factor.lines && begin + k < end;
    const float* from = inside ? tensor::element<along>(factor, first + line, begin + k) : factor.values;
    copyAsync4OrZero(part + offset<lines, along>(line, k), from, inside);
  }
}

struct Arithmetic {
  static const int STAGE = tf32::DEPTH;
  static const int DEPTH = 8;

  // Along k an offset is for 8 k of the first 16 lines, otherwise for the first 4 k of 8 lines.
  template <int lines, bool along>
  DEVICE Lane lane(int first) {
    const int lane = laneIndex();
    Lane places;
    UNROLLED for (int i = 0; i < 4; i++) {
      places.offsets[i] = along ? offset<lines, true>(first + (lane & 15), (8 * i + (lane >> 4) * 4) % STAGE)
                                : offset<lines, false>(first + 8 * i + (lane >> 2), lane & 3);
    }
    return places;
  }

  // [16][8] of a warp's lines.
  template <int lines, bool along>
  DEVICE void load(unsigned (&four)[4], const float* part, const Lane& lane, int sixteen, int k) {
    if (along) {
      loadMatrix4(four, part + lane.offsets[k / 8] + 16 * sixteen * STAGE);
    }
    UNROLLED for (int i = 0; i < 4; i++) {
      const int eight = 2 * sixteen + (i & 1);
      const float value = along ? bitsFloat(four[i]) : part[lane.offsets[eight & 3] + eight / 4 * 32 + (k + (i >> 1) * 4) * lines];
      four[i] = toTf32Factor(value);
    }
  }

  DEVICE void multiply(float (&sums)[4], const unsigned (&a)[4], const unsigned (&b)[2]) { mmaTf32(sums, a, b); }
};

template <int down, int across, bool leftAlong, bool rightAlong>
DEVICE void multiply(float* stages, const Product& product) {
  const int rows = 32 * down;
  const int columns = 16 * across;
  const int size = (rows + columns) * DEPTH;
  const int count = ELEMENTS / size;  // one is multiplied while the others are on their way
  const Place place = tensor::place<down, across>(product);
  const Factor left = tensor::factor<leftAlong>(product.a, product.m, product.depth);
  const Factor right = tensor::factor<rightAlong>(product.b, product.n, product.depth);
  Copies<rows, leftAlong> leftCopies = copies<rows, leftAlong>(left, place.row, place.begin);
  Copies<columns, rightAlong> rightCopies = copies<columns, rightAlong>(right, place.column, place.begin);
  // Groups of copies are counted, so that one is committed for every stage, even if it is past the end, and holds zeros that nobody reads.
  const auto copyStage = [&](float* stage, int begin) {
    copy<rows, leftAlong>(stage, leftCopies, left, place.row, begin, place.end);
    copy<columns, rightAlong>(stage + rows * DEPTH, rightCopies, right, place.column, begin, place.end);
    copyAsyncCommit();
  };
  for (int number = 0; number < count - 1; number++) {
    copyStage(stages + number * size, place.begin + number * DEPTH);
  }
  const Lane leftLane = Arithmetic::lane<rows, leftAlong>(tensor::warpRow<down>());
  const Lane rightLane = Arithmetic::lane<columns, rightAlong>(tensor::warpColumn<across>());
  float sums[down][across][4];
  tensor::clear(sums);
  int multiplied = 0;
  int filled = (count - 1) * size;
  for (int begin = place.begin; begin < place.end; begin += DEPTH) {
    copyAsyncWait<count - 2>();
    // Now everybody's copies are there, and nobody reads the stage any more that is filled next.
    blockBarrier();
    copyStage(stages + filled, begin + (count - 1) * DEPTH);
    const float* stage = stages + multiplied;
    tensor::multiplyStage<Arithmetic, leftAlong, rightAlong>(sums, stage, leftLane, stage + rows * DEPTH, rightLane);
    filled = multiplied;
    multiplied = multiplied == (count - 1) * size ? 0 : multiplied + size;
  }
  tensor::store(product, place, sums);
}

}  // namespace tf32

// c [m,n] = addend + a [m,depth] * b [n,depth]^T
TENSOR_PRODUCT(productRightTransposedTf32, tf32, 4, 8, true, true)
TENSOR_PRODUCT(productRightTransposedTf32Small, tf32, 1, 4, true, true)

// c [m,n] = addend + a [m,depth] * b [depth,n]
TENSOR_PRODUCT(productTf32, tf32, 4, 8, true, false)
TENSOR_PRODUCT(productTf32Small, tf32, 1, 4, true, false)

// c [m,n] = addend + a [depth,m]^T * b [depth,n]
TENSOR_PRODUCT(productLeftTransposedTf32, tf32, 4, 8, false, false)
TENSOR_PRODUCT(productLeftTransposedTf32Small, tf32, 1, 4, false, false)

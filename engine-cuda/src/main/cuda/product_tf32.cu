// Matrix products on tensor cores in TF32: both factors are rounded to 10 bits of fraction, to nearest, ties away from zero, when they leave
// shared memory; sums are floats. Row-major, of any size; a factor whose rows are no whole pieces of 16 bytes is copied by copyFactorTf32
// before.
#include "product_stages.h"

namespace tf32 {

using productStages::Lane;
using Element = float;

struct Arithmetic {
  using Element = tf32::Element;
  static const int STAGE = 16;
  static const int DEPTH = 8;

  // For copies (16 bytes a thread), ldmatrix (8 lines at one k), and single loads (4 k times 8 lines).
  template <int lines, bool along>
  DEVICE int offset(int line, int k) {
    return along ? line * STAGE + ((((k >> 2) ^ (line >> 1)) & 3) << 2) + (k & 3) : k * lines + (line ^ ((k & 3) << 3));
  }

  // Along k an offset is for 8 k of the first 16 lines, otherwise for the first 4 k of 8 lines.
  template <int lines, bool along, bool left>
  DEVICE Lane lane(int first) {
    const int lane = laneIndex();
    const int eight = (left ? lane >> 3 & 1 : lane >> 4) * 8;
    const int half = (left ? lane >> 4 : lane >> 3 & 1) * 4;
    Lane places;
    UNROLLED for (int i = 0; i < 4; i++) {
      places.offsets[i] = along ? offset<lines, true>(first + eight + (lane & 7), (8 * i + half) % STAGE)
                                : offset<lines, false>(first + 8 * i + (lane >> 2), lane & 3);
    }
    return places;
  }

  template <int lines, bool along, bool left>
  DEVICE void load(unsigned (&four)[4], const float* part, const Lane& lane, int sixteen, int k) {
    if (along) {
      loadMatrix4(four, part + lane.offsets[k / 8] + 16 * sixteen * STAGE);
    }
    UNROLLED for (int i = 0; i < 4; i++) {
      const int eight = 2 * sixteen + (left ? i & 1 : i >> 1);
      const int half = (left ? i >> 1 : i & 1) * 4;
      const float value = along ? bitsFloat(four[i]) : part[lane.offsets[eight & 3] + eight / 4 * 32 + (k + half) * lines];
      four[i] = toTf32Factor(value);
    }
  }

  DEVICE void multiply(float (&sums)[4], const unsigned (&a)[4], const unsigned (&b)[2]) { mmaTf32(sums, a, b); }
};

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

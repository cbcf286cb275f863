// Matrix products on tensor cores in bfloat16, of factors that copyFactorBf16 has rounded. Sums are floats. Row-major, of any size.
#include "product_stages.h"

namespace bf16 {

using productStages::Lane;
using Element = unsigned short;

struct Arithmetic {
  using Element = bf16::Element;
  static const int STAGE = 32;
  static const int DEPTH = 16;

  // For copies (16 bytes a thread) and ldmatrix (8 lines at one k, or 8 k of 8 lines).
  template <int lines, bool along>
  DEVICE int offset(int line, int k) {
    if (along) {
      return line * STAGE + ((((k >> 3) ^ (line >> 1)) & 3) << 3) + (k & 7);
    }
    return k * lines + (line ^ ((lines == 32 ? (k >> 1) & 3 : k & 7) << 3));
  }

  // Along k an offset is for 16 k of the first 16 lines, otherwise for the first 16 k of 16 lines.
  template <int lines, bool along, bool left>
  DEVICE Lane lane(int first) {
    const int lane = laneIndex();
    const int eight = (left ? lane >> 3 & 1 : lane >> 4) * 8;
    const int half = (left ? lane >> 4 : lane >> 3 & 1) * 8;
    Lane places;
    UNROLLED for (int i = 0; i < 4; i++) {
      places.offsets[i] = along ? offset<lines, true>(first + eight + (lane & 7), (16 * i + half) % STAGE)
                                : offset<lines, false>(first + 16 * i + eight, half + (lane & 7));
    }
    return places;
  }

  template <int lines, bool along, bool left>
  DEVICE void load(unsigned (&four)[4], const unsigned short* part, const Lane& lane, int sixteen, int k) {
    if (along) {
      loadMatrix4(four, part + lane.offsets[k / 16] + 16 * sixteen * STAGE);
    } else {
      loadMatrix4Transposed(four, part + lane.offsets[sixteen] + k * lines);
    }
  }

  DEVICE void multiply(float (&sums)[4], const unsigned (&a)[4], const unsigned (&b)[2]) { mmaBfloat16(sums, a, b); }
};

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

// The products on tensor cores as they are.
#include "product_tf32.cu"
#include "product_bf16.cu"
#include "factor_copies.cu"
#include "add_slices.cu"

// Where the elements of a stage's part lie, in floats and in halves of them: [lines][depth], if memory runs along k, and if it does not.
template <int lines>
DEVICE void tellOffsets(int* tf32Along, int* tf32Across, int* bf16Along, int* bf16Across) {
  for (int line = laneIndex(); line < lines; line += 32) {
    for (int k = 0; k < tf32::Arithmetic::STAGE; k++) {
      tf32Along[line * tf32::Arithmetic::STAGE + k] = tf32::Arithmetic::offset<lines, true>(line, k);
      tf32Across[line * tf32::Arithmetic::STAGE + k] = tf32::Arithmetic::offset<lines, false>(line, k);
    }
    for (int k = 0; k < bf16::Arithmetic::STAGE; k++) {
      bf16Along[line * bf16::Arithmetic::STAGE + k] = bf16::Arithmetic::offset<lines, true>(line, k);
      bf16Across[line * bf16::Arithmetic::STAGE + k] = bf16::Arithmetic::offset<lines, false>(line, k);
    }
  }
}

KERNEL(offsetsOfProducts, 32, int lines, int* tf32Along, int* tf32Across, int* bf16Along, int* bf16Across) {
  if (lines == 32) {
    tellOffsets<32>(tf32Along, tf32Across, bf16Along, bf16Across);
  } else if (lines == 64) {
    tellOffsets<64>(tf32Along, tf32Across, bf16Along, bf16Across);
  } else {
    tellOffsets<128>(tf32Along, tf32Across, bf16Along, bf16Across);
  }
}

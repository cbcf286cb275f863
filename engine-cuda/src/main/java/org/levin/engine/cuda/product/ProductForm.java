package org.levin.engine.cuda.product;

import org.levin.engine.cuda.kernel.Kernel;
import org.levin.engine.cuda.kernel.Precision;

/** Which factor of a matrix product is transposed, and the kernels for it. */
enum ProductForm {
  /** {@code a · b}. */
  PLAIN(
      Kernel.PRODUCT,
      Kernel.PRODUCT_TF32,
      Kernel.PRODUCT_TF32_SMALL,
      Kernel.PRODUCT_BF16,
      Kernel.PRODUCT_BF16_SMALL),
  /** {@code aᵀ · b}. */
  LEFT_TRANSPOSED(
      Kernel.PRODUCT_LEFT_TRANSPOSED,
      Kernel.PRODUCT_LEFT_TRANSPOSED_TF32,
      Kernel.PRODUCT_LEFT_TRANSPOSED_TF32_SMALL,
      Kernel.PRODUCT_LEFT_TRANSPOSED_BF16,
      Kernel.PRODUCT_LEFT_TRANSPOSED_BF16_SMALL),
  /** {@code a · bᵀ}. */
  RIGHT_TRANSPOSED(
      Kernel.PRODUCT_RIGHT_TRANSPOSED,
      Kernel.PRODUCT_RIGHT_TRANSPOSED_TF32,
      Kernel.PRODUCT_RIGHT_TRANSPOSED_TF32_SMALL,
      Kernel.PRODUCT_RIGHT_TRANSPOSED_BF16,
      Kernel.PRODUCT_RIGHT_TRANSPOSED_BF16_SMALL);

  /** The strict one. */
  private final Kernel strict;

  private final Kernel tf32;
  private final Kernel tf32Small;
  private final Kernel bf16;
  private final Kernel bf16Small;

  ProductForm(Kernel strict, Kernel tf32, Kernel tf32Small, Kernel bf16, Kernel bf16Small) {
    this.strict = strict;
    this.tf32 = tf32;
    this.tf32Small = tf32Small;
    this.bf16 = bf16;
    this.bf16Small = bf16Small;
  }

  /** Returns the kernel; there is one strict one, for tiles of a size of its own. */
  Kernel kernel(Precision precision, ProductTile tile) {
    boolean small = tile == ProductTile.SMALL;
    return switch (precision) {
      case FP32 -> strict;
      case TF32 -> small ? tf32Small : tf32;
      case BF16 -> small ? bf16Small : bf16;
    };
  }
}

package org.levin.engine.cuda.kernel;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * How the factors of matrix products are rounded. Their sums, and all else, are floats; so are
 * weights and activations in memory, of which products in bfloat16 read rounded copies.
 */
public enum Precision {
  /** Not at all: the strict chain of fused multiply-adds, as on the CPU, without tensor cores. */
  FP32,
  /** To 10 bits of fraction, on tensor cores. */
  TF32,
  /** To 7 bits of fraction, on tensor cores. */
  BF16;

  /** Fast; its fraction is as long as that of half precision, its range that of floats. */
  public static final Precision DEFAULT = TF32;

  /** Returns the name that users write. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Returns what users may write. */
  public static String labels() {
    return Arrays.stream(values()).map(Precision::label).collect(Collectors.joining(", "));
  }

  /** Returns the one of this name. */
  public static Optional<Precision> labeled(String label) {
    return Arrays.stream(values()).filter(value -> value.label().equals(label)).findFirst();
  }
}

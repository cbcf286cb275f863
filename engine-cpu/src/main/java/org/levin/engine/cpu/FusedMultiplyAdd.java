package org.levin.engine.cpu;

/**
 * Whether {@link Math#fma} is an instruction here, or exact arithmetic at a thousandth the speed.
 */
final class FusedMultiplyAdd {
  /** An instruction takes some 20 ns in the interpreter, big decimals some microseconds. */
  private static final long MOST_NANOS = 300;

  private static final int CALLS = 100;
  private static final int ROUNDS = 3;

  private FusedMultiplyAdd() {}

  /** Returns whether it is an instruction, by the quickest of a few rounds. */
  static boolean isInstruction() {
    long least = Long.MAX_VALUE;
    float x = 1f;
    for (int round = 0; round < ROUNDS; round++) {
      long start = System.nanoTime();
      for (int i = 0; i < CALLS; i++) {
        x = Math.fma(x, 0.5f, 0.7f);
      }
      least = Math.min(least, System.nanoTime() - start);
    }
    return x > 0 && least < CALLS * MOST_NANOS;
  }
}

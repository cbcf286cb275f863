package org.levin.engine.cuda;

import org.levin.engine.cuda.driver.Grid;
import org.levin.engine.cuda.kernel.Kernel;
import org.levin.engine.cuda.kernel.LaunchList;

/** Adds the gradient of the weights of a one-hot input to a list. */
final class SymbolGradient {
  /** Tokens, in the order of their symbols, that a block adds up. */
  private static final int PIECE = 64;

  private SymbolGradient() {}

  /**
   * {@code target [gates,symbols] = } sums over the tokens of each symbol of {@code dGates
   * [tokens,gates]}.
   *
   * @param ids the sorted tokens
   * @param partials room for {@link #partialBytes}; overwritten
   */
  static void add(
      LaunchList list,
      long target,
      long dGates,
      TokenBlock ids,
      int tokens,
      int symbols,
      int gates,
      long partials) {
    int pieces = Math.ceilDiv(tokens, PIECE);
    int blocks = Math.ceilDiv(gates, Kernel.THREADS);
    list.add(
        Kernel.SYMBOL_SUMS,
        new Grid(pieces, blocks, Kernel.THREADS),
        partials,
        dGates,
        ids.inputs(),
        ids.positions(),
        tokens,
        gates);
    list.add(
        Kernel.SYMBOL_GRADIENT,
        new Grid(symbols, blocks, Kernel.THREADS),
        target,
        partials,
        ids.starts(),
        symbols,
        gates);
  }

  /** Returns the bytes that it needs beside its result. */
  static long partialBytes(int tokens, int symbols, int gates) {
    return ((long) Math.ceilDiv(tokens, PIECE) + symbols) * gates * Float.BYTES;
  }
}

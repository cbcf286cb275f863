package org.levin.evaluation;

import java.util.stream.IntStream;
import org.levin.internal.Softmax;
import org.levin.text.Vocabulary;

/** From logits to scored symbols. */
final class SymbolScores {
  /** In place of an id: there is nothing to score here. */
  static final int NOTHING = -1;

  private final int size;

  /** Of each symbol. */
  private final int[] utf8Bytes;

  SymbolScores(Vocabulary vocabulary) {
    size = vocabulary.size();
    utf8Bytes = IntStream.range(0, size).map(id -> vocabulary.symbol(id).length).toArray();
  }

  int utf8Bytes(int id) {
    return utf8Bytes[id];
  }

  /**
   * Scores positions, each by itself; in parallel, because with a small network this is half of the
   * work.
   *
   * @param logits {@code [n,V]}; not modified
   * @param actual the id at each of the {@code n} positions, or {@link #NOTHING}; not modified
   * @return one for each position, null where there is nothing to score
   */
  ScoredSymbol[] of(float[] logits, int[] actual) {
    ScoredSymbol[] scored = new ScoredSymbol[actual.length];
    IntStream.range(0, actual.length)
        .parallel()
        .filter(n -> actual[n] != NOTHING)
        .forEach(n -> scored[n] = of(logits, n * size, actual[n]));
    return scored;
  }

  private ScoredSymbol of(float[] logits, int offset, int id) {
    double logProbability = logits[offset + id] - Softmax.logSumExp(logits, offset, size);
    return new ScoredSymbol(id, logProbability, Distribution.rank(logits, offset, size, id));
  }
}

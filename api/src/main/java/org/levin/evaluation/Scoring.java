package org.levin.evaluation;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.levin.engine.Network;
import org.levin.engine.NetworkState;
import org.levin.internal.Arguments;
import org.levin.internal.Pieces;
import org.levin.text.Vocabulary;

/** Scores whole texts, one or many at once. */
public final class Scoring {
  private final Network network;
  private final Vocabulary vocabulary;
  private final ScoringOptions options;
  private final SymbolScores scores;
  private final int[] context;

  /** Prepares scoring by a network, which must stay open. */
  public Scoring(Network network, Vocabulary vocabulary, ScoringOptions options) {
    this.network = network;
    this.vocabulary = vocabulary;
    this.options = options;
    this.scores = new SymbolScores(vocabulary);
    this.context = options.contextIds(vocabulary);
  }

  /**
   * Returns the score of a text.
   *
   * @throws org.levin.text.UnknownSymbolException if the vocabulary lacks a symbol and the policy
   *     is to fail
   * @throws IllegalArgumentException if, without a context, it has fewer than two symbols
   */
  public Score score(String text) {
    return score(List.of(text)).getFirst();
  }

  /**
   * Returns the scores of texts, in their order. The state is fresh for each; they go through the
   * network side by side, and the numbers are those of each alone.
   *
   * @throws org.levin.text.UnknownSymbolException if the vocabulary lacks a symbol and the policy
   *     is to fail
   * @throws IllegalArgumentException if, without a context, one has fewer than two symbols
   */
  public List<Score> score(List<String> texts) {
    List<Row> rows = texts.stream().map(this::row).toList();
    // Texts of about one length go together, so that few rows wait for the longest.
    List<Row> longestFirst =
        rows.stream().sorted(Comparator.comparingInt(row -> -row.sequence.length)).toList();
    for (int from = 0; from < rows.size(); ) {
      int least = longestFirst.get(from).sequence.length / 2;
      int to = from + 1;
      while (to < Math.min(rows.size(), from + Pieces.MOST_ROWS)
          && longestFirst.get(to).sequence.length >= least) {
        to++;
      }
      scoreTogether(longestFirst.subList(from, to));
      from = to;
    }
    return rows.stream().map(row -> row.score(scores)).toList();
  }

  private Row row(String text) {
    int[] ids = vocabulary.encode(text, options.unknownSymbols());
    Arguments.require(
        context.length > 0 || ids.length > 1,
        "a text of at least 2 symbols is needed, because the first one only conditions; this one has %d",
        ids.length);
    int[] sequence = Arrays.copyOf(context, context.length + ids.length);
    System.arraycopy(ids, 0, sequence, context.length, ids.length);
    return new Row(sequence, Math.max(1, context.length));
  }

  /** A text on its row of the network, the context before it. */
  private static final class Row {
    final int[] sequence;
    final int firstScored;
    final ScoredSymbol[] scored;

    Row(int[] sequence, int firstScored) {
      this.sequence = sequence;
      this.firstScored = firstScored;
      this.scored = new ScoredSymbol[sequence.length - firstScored];
    }

    /** Returns what the network reads at a step; past the end, anything. */
    int input(int step) {
      return step < sequence.length ? sequence[step] : 0;
    }

    /** Returns what follows that, if it is to be scored. */
    int actual(int step) {
      int next = step + 1;
      return next >= firstScored && next < sequence.length ? sequence[next] : SymbolScores.NOTHING;
    }

    void take(int step, ScoredSymbol symbol) {
      scored[step + 1 - firstScored] = symbol;
    }

    Score score(SymbolScores scores) {
      return new Score(
          scored, Arrays.stream(scored).mapToLong(s -> scores.utf8Bytes(s.id())).sum());
    }
  }

  /** Scores texts side by side, the longest first. */
  private void scoreTogether(List<Row> rows) {
    int all = rows.getFirst().sequence.length - 1;
    int most = Pieces.steps(rows.size(), vocabulary.size());
    try (NetworkState state = network.state(rows.size())) {
      for (int from = 0; from < all; from += most) {
        scoreTogether(rows, from, Math.min(most, all - from), state);
      }
    }
  }

  private void scoreTogether(List<Row> rows, int from, int steps, NetworkState state) {
    int[] inputs = new int[rows.size() * steps];
    int[] actual = new int[inputs.length];
    for (int n = 0; n < inputs.length; n++) {
      Row row = rows.get(n / steps);
      inputs[n] = row.input(from + n % steps);
      actual[n] = row.actual(from + n % steps);
    }
    float[] logits = new float[inputs.length * vocabulary.size()];
    network.forward(inputs, steps, state, logits);
    ScoredSymbol[] scored = scores.of(logits, actual);
    for (int n = 0; n < inputs.length; n++) {
      if (actual[n] != SymbolScores.NOTHING) {
        rows.get(n / steps).take(from + n % steps, scored[n]);
      }
    }
  }
}

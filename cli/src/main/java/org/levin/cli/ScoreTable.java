package org.levin.cli;

import java.io.PrintStream;
import java.util.Locale;
import org.levin.evaluation.Likelihood;
import org.levin.evaluation.ScoredSymbol;
import org.levin.text.Vocabulary;

/** A score for people. */
final class ScoreTable implements ScoreOutput {
  private final PrintStream out;
  private final Vocabulary vocabulary;
  private final boolean perToken;

  ScoreTable(PrintStream out, Vocabulary vocabulary, boolean perToken) {
    this.out = out;
    this.vocabulary = vocabulary;
    this.perToken = perToken;
  }

  @Override
  public void symbol(ScoredSymbol symbol) {
    if (perToken) {
      out.printf(
          Locale.ROOT,
          "%s\t%.6f\t%d%n",
          vocabulary.display(symbol.id()),
          symbol.logProbability(),
          symbol.rank());
    }
  }

  @Override
  public void end(Likelihood text) {
    out.printf(Locale.ROOT, "characters scored   %,d%n", text.tokens());
    out.printf(Locale.ROOT, "log-probability     %.4f%n", text.logProbability());
    out.printf(Locale.ROOT, "nats per character  %.4f%n", text.natsPerToken());
    out.printf(Locale.ROOT, "bits per character  %.4f%n", text.bitsPerToken());
    out.printf(Locale.ROOT, "bits per byte       %.4f%n", text.bitsPerByte());
    out.printf(Locale.ROOT, "perplexity          %.4f%n", text.perplexity());
  }
}

package org.levin.cli;

import org.levin.corpus.TokenSequence;
import org.levin.evaluation.Likelihood;
import org.levin.evaluation.ScoredSymbol;
import org.levin.text.TextDecoder;
import org.levin.text.Vocabulary;

/** The text itself, each scored character in the color of its probability. */
final class PaintedText implements ScoreOutput {
  private final Console console;
  private final TextDecoder decoder;
  private final boolean firstConditions;

  /** Makes the output of a text whose first symbol perhaps conditions and is not scored. */
  PaintedText(Console console, Vocabulary vocabulary, boolean firstConditions) {
    this.console = console;
    this.decoder = vocabulary.decoder();
    this.firstConditions = firstConditions;
  }

  @Override
  public void begin(TokenSequence text) {
    if (firstConditions) {
      int[] id = new int[1];
      text.copyTo(0, id, 0, 1);
      console.out().print(decoder.append(id[0]));
    }
  }

  @Override
  public void symbol(ScoredSymbol symbol) {
    String text = decoder.append(symbol.id());
    console.out().print(ProbabilityColors.paint(console, text, symbol.logProbability()));
  }

  @Override
  public void end(Likelihood text) {
    console.out().println(decoder.finish());
  }
}

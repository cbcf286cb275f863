package org.levin.cli;

import java.io.IOException;
import org.levin.corpus.TokenSequence;
import org.levin.evaluation.Likelihood;
import org.levin.evaluation.ScoredSymbol;

/** What is written of a text while it is scored. */
interface ScoreOutput {

  /** Writes what comes before the text. */
  default void begin(TokenSequence text) {}

  /** Writes what is to be told of a symbol. */
  void symbol(ScoredSymbol symbol);

  /** Writes what is to be told of the whole text. */
  void end(Likelihood text) throws IOException;
}

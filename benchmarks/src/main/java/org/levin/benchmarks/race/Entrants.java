package org.levin.benchmarks.race;

import java.io.IOException;
import java.nio.file.Path;
import org.levin.corpus.Corpus;
import org.levin.corpus.TokenSequence;
import org.levin.model.Parameters;

/** Makes the sides of the contests. */
final class Entrants {
  private Entrants() {}

  /**
   * Returns a side of a contest.
   *
   * @param text the file that it works on
   */
  static Entrant open(Side side, Contest contest, int batches, Path text) throws IOException {
    if (contest.task() == Task.ENCODE) {
      return new LevinEncoding(text);
    }
    // Small enough to be kept in memory; freed when the process ends.
    Corpus corpus = Corpus.of(text);
    Parameters parameters = Recipe.parameters(contest.shape(), corpus.vocabulary().size());
    return side == Side.LIBTORCH
        ? torch(contest, parameters, corpus.tokens(), batches)
        : levin(contest, parameters, corpus, batches, threads(side));
  }

  /** Returns how many threads a side of Levin's has. */
  static int threads(Side side) {
    return side == Side.LEVIN_ONE_THREAD ? 1 : Runtime.getRuntime().availableProcessors();
  }

  private static Entrant levin(
      Contest contest, Parameters parameters, Corpus corpus, int batches, int threads) {
    Shape shape = contest.shape();
    return switch (contest.task()) {
      case TRAIN ->
          new LevinTraining(
              parameters,
              shape,
              BatchCycle.overAll(shape, corpus.tokens()),
              batches,
              Recipe.DROPOUT,
              threads);
      case SCORE ->
          new LevinScoring(
              parameters, shape, BatchCycle.overTexts(shape, corpus.tokens()), batches, threads);
      case GENERATE -> new LevinGeneration(parameters, corpus.vocabulary(), batches, threads);
      case ENCODE -> throw new IllegalArgumentException("encoding has no network");
    };
  }

  private static Entrant torch(
      Contest contest, Parameters parameters, TokenSequence tokens, int batches) {
    Shape shape = contest.shape();
    return switch (contest.task()) {
      case TRAIN ->
          new TorchTraining(
              parameters, shape, BatchCycle.overAll(shape, tokens), batches, Recipe.DROPOUT);
      case SCORE ->
          new TorchScoring(parameters, shape, BatchCycle.overTexts(shape, tokens), batches);
      case GENERATE -> new TorchGeneration(parameters, batches);
      case ENCODE -> throw new IllegalArgumentException("libtorch does not encode");
    };
  }
}

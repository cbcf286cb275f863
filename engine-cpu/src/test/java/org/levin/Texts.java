package org.levin;

import org.levin.corpus.Batch;
import org.levin.corpus.Batcher;
import org.levin.corpus.Corpus;
import org.levin.corpus.Split;
import org.levin.engine.Adam;
import org.levin.engine.Engine;
import org.levin.engine.EngineOptions;
import org.levin.engine.Engines;
import org.levin.engine.Network;
import org.levin.engine.NetworkState;
import org.levin.engine.TrainingStep;
import org.levin.model.LstmArchitecture;
import org.levin.training.TrainingOptions;

/** A text to train on, small options, and the training written out as a plain loop. */
final class Texts {
  /** The beginning of Anna Karenina, in the translation of Constance Garnett. */
  static final String ANNA =
      """
      Anna Karenina

      Happy families are all alike; every unhappy family is unhappy in its own
      way.

      Everything was in confusion in the Oblonskys' house. The wife had
      discovered that the husband was carrying on an intrigue with a French
      girl, who had been a governess in their family, and she had announced to
      her husband that she could not go on living in the same house with him.
      This position of affairs had now lasted three days, and not only the
      husband and wife themselves, but all the members of their family and
      household, were painfully conscious of it. Every person in the house felt
      that there was no sense in their living together, and that the stray
      people brought together by chance in any inn had more in common with one
      another than they, the members of the family and household of the
      Oblonskys. The wife did not leave her own room, the husband had not been
      at home for three days. The children ran wild all over the house; the
      English governess quarreled with the housekeeper, and wrote to a friend
      asking her to look out for a new situation for her; the man-cook had
      walked off the day before just at dinner time; the kitchen-maid, and the
      coachman had given warning.
      """;

  private Texts() {}

  /** Trains in a second: two layers of 13 units, 6 rows of 17 steps, 10 batches an epoch. */
  static TrainingOptions.Builder<Trainer> smallTrainer() {
    return Trainer.builder()
        .architecture(LstmArchitecture.of(2, 13))
        .dropout(0.2)
        .epochs(2)
        .batchSize(6)
        .sequenceLength(17)
        .learningRate(0.01)
        .threads(1)
        .seed(7);
  }

  /**
   * Returns the parameters that a training gives: state zero at the start of each epoch and carried
   * within it, one step a batch, nothing else.
   */
  static float[] trainByHand(TrainingOptions options, Batcher batcher, Corpus corpus) {
    Split split = corpus.split(options.validationFraction());
    long batches = batcher.count(split.training());
    long steps = options.epochs() * batches;
    int symbols = corpus.vocabulary().size();
    try (Engine engine =
            Engines.select(options.engine()).open(new EngineOptions(options.threads().orElse(1)));
        Network network =
            engine.network(
                options
                    .initialization()
                    .parameters(options.architecture(), symbols, options.seed()))) {
      long step = 0;
      for (int epoch = 0; epoch < options.epochs(); epoch++) {
        try (NetworkState state = network.state(batcher.rows())) {
          for (long i = 0; i < batches; i++) {
            step++;
            Batch batch = batcher.batch(split.training(), i);
            double rate = options.learningRate() * options.schedule().factor(step, steps);
            network.train(
                batch,
                state,
                new TrainingStep(
                    step,
                    rate,
                    options.dropout(),
                    options.clipNorm(),
                    options.seed(),
                    Adam.DEFAULT));
          }
        }
      }
      return network.parameters().toArray();
    }
  }
}

package org.levin;

import java.util.Optional;
import org.levin.corpus.Batcher;
import org.levin.corpus.Corpus;
import org.levin.engine.Engine;
import org.levin.engine.EngineOptions;
import org.levin.engine.Engines;
import org.levin.training.Cancellation;
import org.levin.training.TrainingListener;
import org.levin.training.TrainingOptions;

/**
 * Trains models. Immutable: one trainer may train many, at the same time too. The same options,
 * corpus and seed give the same parameters, to the bit, on every machine and with any number of
 * threads, as long as the CPU engine computes.
 */
public final class Trainer {
  private final TrainingOptions options;
  private final Batcher batcher;
  private final Optional<SequenceModel> start;

  private Trainer(TrainingOptions options, Batcher batcher, Optional<SequenceModel> start) {
    this.options = options;
    this.batcher = batcher;
    this.start = start;
  }

  /** Returns the trainer with these options. */
  public static Trainer of(TrainingOptions options) {
    return new Trainer(
        options,
        Batcher.contiguous(options.batchSize(), options.sequenceLength()),
        Optional.empty());
  }

  /** Returns a builder of a trainer; every option has a default. */
  public static TrainingOptions.Builder<Trainer> builder() {
    return new TrainingOptions.Builder<>(Trainer::of);
  }

  /** Returns the options. */
  public TrainingOptions options() {
    return options;
  }

  /**
   * Returns this trainer with a batcher of the caller's own in place of {@link Batcher#contiguous};
   * validation stays as it was.
   */
  public Trainer with(Batcher batcher) {
    return new Trainer(options, batcher, start);
  }

  /**
   * Returns this trainer starting from a model's parameters (fine-tuning), with a fresh optimizer.
   * Architecture and vocabulary are the model's; the architecture and the initialization of the
   * options do not count. The corpus must be encoded with the model's vocabulary.
   *
   * @param model is not changed, and may be closed
   */
  public Trainer startingFrom(SequenceModel model) {
    return new Trainer(
        options.toBuilder().architecture(model.architecture()).build(),
        batcher,
        Optional.of(model));
  }

  /** Trains a model; see {@link #train(Corpus, TrainingListener, Cancellation)}. */
  public SequenceModel train(Corpus corpus) {
    return train(corpus, TrainingListener.none());
  }

  /** Trains a model; see {@link #train(Corpus, TrainingListener, Cancellation)}. */
  public SequenceModel train(Corpus corpus, TrainingListener listener) {
    return train(corpus, listener, new Cancellation());
  }

  /**
   * Trains a model on the corpus, whose tail is held out for validation.
   *
   * @param corpus stays open, and the caller's
   * @param listener hears of every step and validation
   * @param cancellation ends the training after the step under way
   * @return the last model, or the best one where patience is set; when cancelled, the model of the
   *     steps done
   * @throws org.levin.corpus.CorpusTooShortException if the training part is too short for one
   *     batch; the message names sizes that fit
   * @throws IllegalArgumentException if this trainer starts from a model and the corpus is encoded
   *     with another vocabulary, or if patience has nothing to validate on
   * @throws java.io.UncheckedIOException if a part of the corpus file, read for the first time, is
   *     damaged
   * @throws org.levin.training.TrainingDivergedException if a loss or gradient norm is not finite
   * @throws org.levin.engine.UnknownEngineException if no engine has the name asked for
   * @throws org.levin.engine.EngineUnavailableException if the engine cannot work here
   */
  public SequenceModel train(Corpus corpus, TrainingListener listener, Cancellation cancellation) {
    EngineOptions machine =
        options.threads().isPresent()
            ? new EngineOptions(options.threads().getAsInt())
            : EngineOptions.defaults();
    try (Engine engine = Engines.open(options.engine(), machine)) {
      return new TrainingRun(
              options, batcher, start, corpus, engine, machine, listener, cancellation)
          .run();
    }
  }
}

package org.levin;

import java.util.Optional;
import org.levin.corpus.Batcher;
import org.levin.corpus.Corpus;
import org.levin.internal.Arguments;
import org.levin.provenance.TrainingFacts;
import org.levin.training.Cancellation;
import org.levin.training.TrainingListener;
import org.levin.training.TrainingOptions;

/**
 * Trains a model again, from what its provenance says and nothing else: the same options on the
 * same texts by the same engine, up to the same step. On the CPU engine that gives the same
 * parameters to the bit, on any machine; {@link ModelComparison} tells.
 *
 * <p>Immutable; the model may be closed.
 */
public final class Reproduction {
  private final TrainingFacts facts;
  private final TrainingOptions options;
  private final Optional<Batcher> batcher;
  private final Optional<SequenceModel> start;

  private Reproduction(
      TrainingFacts facts,
      TrainingOptions options,
      Optional<Batcher> batcher,
      Optional<SequenceModel> start) {
    this.facts = facts;
    this.options = options;
    this.batcher = batcher;
    this.start = start;
  }

  /**
   * Returns the reproduction of a model.
   *
   * @throws IllegalArgumentException if the record is not one of a model that Levin trained
   * @throws IllegalStateException if the record cannot be read
   */
  public static Reproduction of(SequenceModel model) {
    TrainingFacts facts = TrainingFacts.of(model.provenance());
    return new Reproduction(
        facts,
        facts.options().toBuilder().engine(facts.engine()).build(),
        Optional.empty(),
        Optional.empty());
  }

  /** Returns this one on another engine, where the same bits are not to be expected. */
  public Reproduction engine(String name) {
    return new Reproduction(facts, options.toBuilder().engine(name).build(), batcher, start);
  }

  /** Returns this one with another number of threads, which never changes the result. */
  public Reproduction threads(int threads) {
    return new Reproduction(facts, options.toBuilder().threads(threads).build(), batcher, start);
  }

  /** Returns this one with the batcher of the caller's own that the model was trained with. */
  public Reproduction with(Batcher own) {
    return new Reproduction(facts, options, Optional.of(own), start);
  }

  /** Returns this one with the model that the training started from. */
  public Reproduction startingFrom(SequenceModel model) {
    return new Reproduction(facts, options, batcher, Optional.of(model));
  }

  /** Trains; see {@link #train(Corpus, TrainingListener, Cancellation)}. */
  public SequenceModel train(Corpus corpus) {
    return train(corpus, TrainingListener.none(), new Cancellation());
  }

  /**
   * Trains the model again.
   *
   * @param corpus of the very texts, encoded with the model's vocabulary
   * @throws IllegalArgumentException if the corpus, the batcher or the model to start from is not
   *     the one that the record speaks of; the message says in what it differs
   */
  public SequenceModel train(Corpus corpus, TrainingListener listener, Cancellation cancellation) {
    Trainer.describe(corpus, corpus.split(options.validationFraction()))
        .differenceFrom(facts.corpus())
        .ifPresent(
            difference -> {
              throw new IllegalArgumentException(
                  "the model was trained on another corpus: this one has " + difference);
            });
    requireBatcher();
    requireStart();
    Trainer trainer = Trainer.of(options);
    trainer = batcher.map(trainer::with).orElse(trainer);
    trainer = start.map(trainer::startingFrom).orElse(trainer);
    trainer = stop().map(trainer::with).orElse(trainer);
    return trainer.train(corpus, listener, cancellation);
  }

  /**
   * Where the training was interrupted, if it was. Then the last validation counts only if the
   * model is that of the last step: otherwise it was not the best, or not measured any more.
   */
  private Optional<Trainer.Stop> stop() {
    return facts.interruptedAfter().stream()
        .mapToObj(last -> new Trainer.Stop(last, facts.step() == last))
        .findFirst();
  }

  private void requireBatcher() {
    Optional<String> given = batcher.flatMap(own -> RunRecord.unusual(own, options));
    Arguments.require(
        given.equals(facts.batcher()),
        "the model was trained with %s, not with %s",
        facts.batcher().map(name -> "the batcher " + name).orElse("Levin's own batcher"),
        given.orElse("Levin's own"));
  }

  private void requireStart() {
    Optional<String> given = start.map(RunRecord::digest);
    Arguments.require(
        given.equals(facts.start()),
        "the training started from %s, not from %s",
        facts
            .start()
            .map(digest -> "a model whose parameters have the SHA-256 " + digest)
            .orElse("no model"),
        given.map(digest -> "one with " + digest).orElse("none; give that model"));
  }
}

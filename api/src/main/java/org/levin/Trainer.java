package org.levin;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.levin.corpus.Batcher;
import org.levin.corpus.Corpus;
import org.levin.corpus.Split;
import org.levin.engine.Engine;
import org.levin.engine.EngineOptions;
import org.levin.engine.Engines;
import org.levin.format.CheckpointFile;
import org.levin.provenance.TrainerConfiguration;
import org.levin.training.Cancellation;
import org.levin.training.Checkpointing;
import org.levin.training.Finding;
import org.levin.training.TrainingCorpus;
import org.levin.training.TrainingListener;
import org.levin.training.TrainingOptions;
import org.levin.training.TrainingState;

/**
 * Trains models. Immutable: one trainer may train many, at the same time too. The same options,
 * corpus and seed give the same parameters, to the bit, on every machine and with any number of
 * threads, as long as the CPU engine computes.
 */
public final class Trainer {
  private final TrainingOptions options;
  private final Batcher batcher;
  private final Optional<SequenceModel> start;
  private final Optional<Checkpointing> checkpointing;
  private final Optional<Path> checkpoint;
  private final Optional<Stop> stop;
  private final Optional<Finding> finding;
  private final boolean validating;

  /**
   * Where a training ends before its end.
   *
   * @param step the last one
   * @param validated whether that one is still validated, if that is due
   */
  record Stop(long step, boolean validated) {}

  private Trainer(
      TrainingOptions options,
      Batcher batcher,
      Optional<SequenceModel> start,
      Optional<Checkpointing> checkpointing,
      Optional<Path> checkpoint,
      Optional<Stop> stop,
      Optional<Finding> finding,
      boolean validating) {
    this.options = options;
    this.batcher = batcher;
    this.start = start;
    this.checkpointing = checkpointing;
    this.checkpoint = checkpoint;
    this.stop = stop;
    this.finding = finding;
    this.validating = validating;
  }

  /** Returns the trainer with these options. */
  public static Trainer of(TrainingOptions options) {
    return new Trainer(
        options,
        Batcher.contiguous(options.batchSize(), options.sequenceLength()),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        true);
  }

  /** Returns a builder of a trainer; every option has a default. */
  public static TrainingOptions.Builder<Trainer> builder() {
    return new TrainingOptions.Builder<>(Trainer::of);
  }

  /**
   * Returns a trainer that goes on from a checkpoint, with the options that its training was begun
   * with; see {@link #resumingFrom}.
   *
   * @throws org.levin.format.DamagedFileException if it is damaged, or no checkpoint
   * @throws IOException if it cannot be read
   */
  public static Trainer resuming(Path checkpoint) throws IOException {
    return of(CheckpointFile.readState(checkpoint).options()).resumingFrom(checkpoint);
  }

  /**
   * Returns the trainer of a model that Levin trained, made again from the model's provenance
   * alone: on the same texts, the CPU engine trains the same model to the bit, unless the training
   * was interrupted, started from a model, or had a batcher of the caller's own; {@link
   * Reproduction} takes care of all that.
   *
   * @throws IllegalArgumentException if the model was not trained by Levin, or its options are none
   * @throws IllegalStateException if the provenance cannot be read
   */
  public static Trainer thatTrained(SequenceModel model) {
    return of(TrainerConfiguration.of(model.provenance()).options());
  }

  /**
   * Returns what there is to know of a corpus, as models that are trained on it tell it.
   *
   * @param split its parts
   */
  public static TrainingCorpus describe(Corpus corpus, Split split) {
    return new TrainingCorpus(
        corpus.sources(),
        corpus.size(),
        split.training().size(),
        split.validation().size(),
        corpus.checksum(),
        corpus.vocabulary().size(),
        corpus.vocabulary().fingerprint());
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
    return new Trainer(
        options, batcher, start, checkpointing, checkpoint, stop, finding, validating);
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
        Optional.of(model),
        checkpointing,
        checkpoint,
        stop,
        finding,
        validating);
  }

  /**
   * Returns this trainer writing checkpoints, from which {@link #resuming} goes on. While it
   * trains, no other training can write to that file.
   */
  public Trainer checkpointing(Checkpointing checkpointing) {
    return new Trainer(
        options, batcher, start, Optional.of(checkpointing), checkpoint, stop, finding, validating);
  }

  /**
   * Returns this trainer going on from a checkpoint, as if its training had never stopped: the same
   * steps, validations and stop, and on the CPU engine the same bits. Engine and number of threads
   * may be others. Unless told otherwise, it goes on writing to the same file at the same interval.
   *
   * @throws IllegalArgumentException if an option contradicts those that the training was begun
   *     with; the message names it
   * @throws org.levin.format.DamagedFileException if it is damaged, or no checkpoint
   * @throws IOException if it cannot be read
   */
  public Trainer resumingFrom(Path checkpoint) throws IOException {
    TrainingState state = CheckpointFile.readState(checkpoint);
    Resumption.requireSameOptions(checkpoint, options, state.options());
    return new Trainer(
        options,
        batcher,
        start,
        checkpointing.or(() -> Optional.of(new Checkpointing(checkpoint, state.interval()))),
        Optional.of(checkpoint),
        stop,
        finding,
        validating);
  }

  /** Returns this trainer telling, in the provenance of its models, who found the options. */
  public Trainer foundBy(Finding finding) {
    return new Trainer(
        options, batcher, start, checkpointing, checkpoint, stop, Optional.of(finding), validating);
  }

  /**
   * Returns this trainer leaving all validation to the caller, who measures models otherwise. What
   * is held out stays held out, and parameters are the same; the provenance tells no validation
   * loss. With patience, training fails.
   */
  public Trainer withoutValidation() {
    return new Trainer(options, batcher, start, checkpointing, checkpoint, stop, finding, false);
  }

  /** Returns this trainer ending early. */
  Trainer with(Stop early) {
    return new Trainer(
        options,
        batcher,
        start,
        checkpointing,
        checkpoint,
        Optional.of(early),
        finding,
        validating);
  }

  Optional<Stop> stop() {
    return stop;
  }

  Optional<Finding> finding() {
    return finding;
  }

  boolean validating() {
    return validating;
  }

  Batcher batcher() {
    return batcher;
  }

  Optional<SequenceModel> start() {
    return start;
  }

  Optional<Checkpointing> checkpointing() {
    return checkpointing;
  }

  /** Returns the checkpoint to go on from, if there is one. */
  Optional<Path> checkpoint() {
    return checkpoint;
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
   *     with another vocabulary; if it goes on from a checkpoint that was begun with another text,
   *     batcher or model; or if patience has nothing to validate on
   * @throws java.io.UncheckedIOException if a part of the corpus file, read for the first time, is
   *     damaged; if the checkpoint to go on from cannot be read; or if the one to write cannot be
   *     written, or is being written by another training ({@link
   *     org.levin.format.FileInUseException})
   * @throws org.levin.training.TrainingDivergedException if a loss or gradient norm is not finite
   * @throws org.levin.engine.UnknownEngineException if no engine has the name asked for
   * @throws org.levin.engine.EngineUnavailableException if the engine cannot work here
   */
  public SequenceModel train(Corpus corpus, TrainingListener listener, Cancellation cancellation) {
    EngineOptions machine =
        options.threads().isPresent()
            ? new EngineOptions(options.threads().getAsInt())
            : EngineOptions.defaults();
    try (Checkpoints checkpoints = Checkpoints.open(checkpointing, listener);
        Engine engine = Engines.open(options.engine(), machine)) {
      return new TrainingRun(this, corpus, engine, machine, checkpoints, listener, cancellation)
          .run();
    }
  }
}

package org.levin.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import org.levin.SequenceModel;
import org.levin.Trainer;
import org.levin.corpus.Corpus;
import org.levin.corpus.CorpusEncoder;
import org.levin.model.LstmArchitecture;
import org.levin.provenance.TrainingFacts;
import org.levin.sampling.Sampler;
import org.levin.training.Cancellation;
import org.levin.training.LearningRateSchedule;
import org.levin.training.StepMetrics;
import org.levin.training.TrainingListener;
import org.levin.training.TrainingOptions;
import org.levin.training.TrainingState;
import org.levin.training.ValidationMetrics;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code levin train}: a text goes in, a model comes out. */
@Command(
    name = "train",
    description = {
      "Trains a model on a text and writes it to a file.",
      "Without a text it trains a small one on Levin's own source code, in a minute or two."
    })
final class TrainCommand implements Callable<Integer> {
  private static final Path DEFAULT_MODEL = Path.of("model.safetensors");
  private static final int SAMPLE_LENGTH = 300;
  private static final int SAMPLE_TOP_K = 5;

  private final Console console;

  @ArgGroup private TextInput input;

  @Option(
      names = "--model",
      paramLabel = "FILE",
      description = "The model to write (model.safetensors).")
  private Path model;

  @Option(
      names = "--from",
      paramLabel = "FILE",
      description = "Start from this model's parameters, with its vocabulary (fine-tuning).")
  private Path from;

  @Mixin private UnknownFlag unknown;

  @Mixin private TrainingFlags flags;

  @Mixin private CheckpointFlags checkpoints;

  @Option(
      names = "--metrics",
      paramLabel = "FILE",
      description = "Write a line of JSON for each step and validation.")
  private Path metrics;

  @Option(names = "--quiet", description = "Show no progress.")
  private boolean quiet;

  TrainCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    if (from == null) {
      return train(flags.options(defaults()), Optional.empty());
    }
    if (input == null && checkpoints.resume().isEmpty()) {
      throw new UsageException("--from needs a text to train on: --text or --corpus");
    }
    try (SequenceModel start = SequenceModel.load(from)) {
      return train(flags.options(defaults(), start), Optional.of(start));
    }
  }

  private TrainingOptions.Builder<TrainingOptions> defaults() throws IOException {
    if (checkpoints.resume().isPresent()) {
      return CheckpointFlags.options(checkpoints.resume().get());
    }
    return input == null ? small() : TrainingOptions.builder();
  }

  private int train(TrainingOptions options, Optional<SequenceModel> start) throws IOException {
    OutputModel output = new OutputModel(model == null ? DEFAULT_MODEL : model, model != null);
    requireApart(output.file());
    Trainer plain = start.map(Trainer.of(options)::startingFrom).orElse(Trainer.of(options));
    Trainer trainer = checkpoints.apply(plain, output.file());
    checkpoints.warning(output.file()).ifPresent(console.err()::println);
    try (Interruption interruption = Interruption.listen();
        Corpus corpus = corpus(start)) {
      output.check(corpus);
      KeptModel kept = new KeptModel(options.patience().isPresent());
      SequenceModel trained = train(trainer, corpus, kept, interruption.cancellation());
      if (interruption.cancellation().cancelled()) {
        keepSoFar(trained, kept, output.file());
        return Levin.INTERRUPTED;
      }
      trained.save(output.file());
      report(trained, kept.loss, output.file(), options.seed());
      return 0;
    }
  }

  /** Checkpoint and model may be one file, and go on from it: a checkpoint is a model. */
  private void requireApart(Path output) throws IOException {
    List<Path> text = input == null ? null : input.text;
    Path corpus = input == null ? null : input.corpus;
    NamedFiles texts = new NamedFiles().reads("--text", text).reads("--corpus", corpus);
    texts.writes("--checkpoint", checkpoints.checkpoint());
    new NamedFiles().reads("--text", text).reads("--corpus", corpus).writes("--model", output);
    texts
        .reads("--from", from)
        .reads("--resume", checkpoints.resume().orElse(null))
        .reads("--model", output)
        .writes("--metrics", metrics);
  }

  private SequenceModel train(
      Trainer trainer, Corpus corpus, KeptModel kept, Cancellation cancellation)
      throws IOException {
    try (MetricsFile metricsFile = MetricsFile.of(metrics, console.err());
        Progress progress = quiet ? Progress.none() : Progress.on(console)) {
      return trainer.train(corpus, progress.and(metricsFile).and(kept), cancellation);
    }
  }

  /** A checkpoint is a model, too: where both go to one file, it has been written already. */
  private void keepSoFar(SequenceModel trained, KeptModel kept, Path file) throws IOException {
    if (kept.step == 0) {
      console.err().println("interrupted before the first step; nothing is written");
      return;
    }
    Path checkpoint = checkpoints.file(file);
    boolean resumable = kept.stepOfCheckpoint == kept.step;
    boolean together = NamedFiles.isSame(checkpoint, file);
    if (!resumable || !together) {
      trained.save(file);
    }
    console
        .err()
        .println(
            "interrupted after step "
                + kept.step
                + "; the model so far is in "
                + file
                + (resumable
                    ? "; go on with: ./levin train --resume " + checkpoint + " --model " + file
                    : ""));
  }

  /** Small enough for the source code of Levin and a minute or two on two cores. */
  private static TrainingOptions.Builder<TrainingOptions> small() {
    return TrainingOptions.builder()
        .architecture(LstmArchitecture.of(2, 128))
        .dropout(0)
        .batchSize(32)
        .sequenceLength(64)
        .learningRate(3e-3)
        .schedule(LearningRateSchedule.COSINE)
        .epochs(4)
        .steps(1_000);
  }

  private Corpus corpus(Optional<SequenceModel> start) throws IOException {
    if (input != null && input.corpus != null) {
      return Corpus.open(input.corpus);
    }
    if (checkpoints.resume().isPresent()) {
      return knownTexts(checkpoints.resume().get());
    }
    if (input == null) {
      if (!quiet) {
        console.err().println("no --text given: training a small model on Levin's own source code");
      }
      return Corpus.of(OwnSources.text());
    }
    CorpusEncoder encoder =
        CorpusEncoder.of(input.text.toArray(Path[]::new)).unknownSymbols(unknown.policy());
    return start.map(known -> encoder.vocabulary(known.vocabulary())).orElse(encoder).open();
  }

  private Corpus knownTexts(Path checkpoint) throws IOException {
    try (SequenceModel soFar = SequenceModel.load(checkpoint)) {
      return input == null
          ? new KnownTexts(TrainingFacts.sources(soFar.provenance()), checkpoint)
              .open(soFar.vocabulary())
          : KnownTexts.open(input.text, soFar.vocabulary());
    }
  }

  private void report(SequenceModel trained, OptionalDouble loss, Path file, long seed) {
    PrintStream out = console.out();
    out.println(trained.generate("", SAMPLE_LENGTH, Sampler.topK(SAMPLE_TOP_K), seed));
    out.println();
    loss.ifPresent(
        nats ->
            out.printf(
                Locale.ROOT,
                "validation loss %.4f nats per character (%.4f bits)%n",
                nats,
                nats / Math.log(2)));
    out.println("model written to " + file);
    out.println("next: ./levin sample --model " + file + " --length 500 --top-k " + SAMPLE_TOP_K);
  }

  /** Remembers what was measured of the model that is kept: the best one, or the last. */
  private static final class KeptModel implements TrainingListener {
    private final boolean best;
    private OptionalDouble loss = OptionalDouble.empty();
    private long step;
    private long stepOfCheckpoint;

    KeptModel(boolean best) {
      this.best = best;
    }

    @Override
    public void resumed(TrainingState state) {
      step = state.step();
      stepOfCheckpoint = step;
      state.validations().forEach(this::validated);
    }

    @Override
    public void stepped(StepMetrics metrics) {
      step = metrics.step();
    }

    @Override
    public void validated(ValidationMetrics metrics) {
      if (metrics.best() || !best) {
        loss = OptionalDouble.of(metrics.loss());
      }
    }

    @Override
    public void checkpointed(long step) {
      stepOfCheckpoint = step;
    }
  }
}

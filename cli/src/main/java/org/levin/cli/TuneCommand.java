package org.levin.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.levin.SequenceModel;
import org.levin.corpus.Corpus;
import org.levin.corpus.CorpusEncoder;
import org.levin.format.AtomicFile;
import org.levin.training.Cancellation;
import org.levin.training.CheckpointInterval;
import org.levin.training.Checkpointing;
import org.levin.tuning.ParetoFront;
import org.levin.tuning.Tuned;
import org.levin.tuning.Tuner;
import org.levin.tuning.TuningListener;
import org.levin.tuning.trial.Measurement;
import org.levin.tuning.trial.Trial;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code levin tune}: which options train the best model? */
@Command(
    name = "tune",
    description = {
      "Searches for the options that train the best model of a text: tries many, ends the bad ones early.",
      "Everything is kept in the study's file; the same command goes on where it was stopped."
    })
final class TuneCommand implements Callable<Integer> {
  private final Console console;

  @ArgGroup(multiplicity = "1")
  private TextInput input;

  @Option(
      names = "--study",
      paramLabel = "FILE",
      defaultValue = "study.jsonl",
      description = "The file that tells the search, begun or taken up (${DEFAULT-VALUE}).")
  private Path study;

  @Mixin private TuningFlags flags;

  @Option(
      names = "--model",
      paramLabel = "FILE",
      description = "Write the best model here, as its trial trained it.")
  private Path model;

  @Option(
      names = "--retrain",
      paramLabel = "EPOCHS",
      description = "Train the best options anew, for so many epochs, and write that model.")
  private Integer retrain;

  @Option(
      names = "--within",
      paramLabel = "PERCENT",
      description =
          "Of the trials within so much of the best loss, take the one with least of --besides.")
  private Double within;

  @Option(names = "--quiet", description = "Show no progress.")
  private boolean quiet;

  TuneCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    Tuner tuner = flags.tuner();
    check();
    try (Interruption interruption = Interruption.listen();
        Corpus corpus = corpus()) {
      Tuned tuned = tune(tuner, corpus, interruption.cancellation());
      if (interruption.cancellation().cancelled()) {
        console
            .err()
            .println(
                "interrupted; %d trials so far are in %s, and the same command goes on"
                    .formatted(tuned.study().trials().size(), study));
        return Levin.INTERRUPTED;
      }
      if (!tuned.isFinished()) {
        console
            .err()
            .println(
                "time is up after %d trials; the same command goes on"
                    .formatted(tuned.study().trials().size()));
      }
      return report(tuned, corpus, interruption.cancellation());
    }
  }

  private void check() throws IOException {
    if (retrain != null && model == null) {
      throw new UsageException("--retrain trains a model to be written; name it with --model");
    }
    if (retrain != null && retrain < 1) {
      throw new UsageException("--retrain must be at least 1, but was " + retrain);
    }
    if (within != null && flags.besides() == null) {
      throw new UsageException(
          "--within takes the trial with least of what --besides names; name parameters or time");
    }
    if (within != null && !(within >= 0)) {
      throw new UsageException("--within is a percentage of at least 0, but was " + within);
    }
    new NamedFiles()
        .reads("--text", input.text)
        .reads("--corpus", input.corpus)
        .reads("--given", flags.given())
        .writes("--study", study)
        .writes("--model", model);
    if (model != null) {
      AtomicFile.check(model);
    }
  }

  private Corpus corpus() throws IOException {
    return input.corpus == null
        ? CorpusEncoder.of(input.text.toArray(Path[]::new)).open()
        : Corpus.open(input.corpus);
  }

  private Tuned tune(Tuner tuner, Corpus corpus, Cancellation cancellation) throws IOException {
    if (quiet) {
      return tuner.tune(corpus, study, TuningListener.none(), cancellation);
    }
    try (TuningProgress progress = TuningProgress.on(console)) {
      return tuner.tune(corpus, study, progress, cancellation);
    }
  }

  private int report(Tuned tuned, Corpus corpus, Cancellation cancellation) throws IOException {
    PrintStream out = console.out();
    Optional<Trial> best = chosen(tuned);
    if (best.isEmpty()) {
      console
          .err()
          .println(
              "levin: not one trial came to an end; "
                  + tuned.study().trials().stream()
                      .flatMap(trial -> trial.failure().stream())
                      .findFirst()
                      .orElse("give it more --time or --steps"));
      return 1;
    }
    out.print(StudyText.summary(tuned.study()));
    out.print(StudyText.front(tuned.study()));
    out.println();
    print(best.get());
    if (model != null && !write(tuned, best.get(), corpus, cancellation)) {
      console
          .err()
          .println(
              retrain == null
                  ? "interrupted; no model is written, and the same command goes on"
                  : "interrupted; go on with: ./levin train --resume %s --model %s"
                      .formatted(model, model));
      return Levin.INTERRUPTED;
    }
    out.println("more: ./levin study " + study);
    out.println(
        model == null
            ? "next: the same command with --model FILE, or --retrain EPOCHS --model FILE"
            : "next: ./levin sample --model " + model);
    return 0;
  }

  private Optional<Trial> chosen(Tuned tuned) {
    if (within == null) {
      return tuned.best();
    }
    ParetoFront front = ParetoFront.of(tuned.study().trials(), tuned.study().header().objectives());
    return front.leastWithin(flags.besides(), within / 100);
  }

  private void print(Trial best) {
    Measurement measured = best.measurement().orElseThrow();
    console
        .out()
        .printf(
            Locale.ROOT,
            "best: trial %d after %d steps, validation loss %.4f nats per character (%.4f bits)%n  %s%n",
            best.number(),
            best.steps(),
            measured.loss(),
            measured.loss() / Math.log(2),
            best.configuration());
  }

  private boolean write(Tuned tuned, Trial best, Corpus corpus, Cancellation cancellation)
      throws IOException {
    try (SequenceModel found = trained(tuned, best, corpus, cancellation)) {
      if (cancellation.cancelled()) {
        return false;
      }
      found.save(model);
    }
    console.out().println("model written to " + model);
    return true;
  }

  /** Retrained, it leaves a checkpoint in the model's own file when it is interrupted. */
  private SequenceModel trained(Tuned tuned, Trial best, Corpus corpus, Cancellation cancellation)
      throws IOException {
    try (Progress progress = quiet ? Progress.none() : Progress.on(console)) {
      return retrain == null
          ? tuned.model(best, progress, cancellation)
          : tuned
              .trainer(best, retrain)
              .checkpointing(new Checkpointing(model, CheckpointInterval.never()))
              .train(corpus, progress, cancellation);
    }
  }
}

package org.levin.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.levin.ModelComparison;
import org.levin.Reproduction;
import org.levin.SequenceModel;
import org.levin.corpus.Corpus;
import org.levin.format.AtomicFile;
import org.levin.format.ModelFile;
import org.levin.format.Sha256;
import org.levin.provenance.TrainingFacts;
import org.levin.training.Cancellation;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code levin reproduce}: does a model come from where it says? */
@Command(
    name = "reproduce",
    description = {
      "Trains a model again from its own record, and compares the parameters bit for bit.",
      "Exits with 0 if they are identical, and with 1, saying what differs, if they are not."
    })
final class ReproduceCommand implements Callable<Integer> {
  private static final int DIFFERENT = 1;

  private final Console console;

  @Option(names = "--model", paramLabel = "FILE", required = true, description = "The model.")
  private Path model;

  @ArgGroup private Input input;

  @Option(
      names = "--from",
      paramLabel = "FILE",
      description = "The model that the training started from, if it started from one.")
  private Path from;

  @Option(
      names = "--output",
      paramLabel = "FILE",
      description = "Keep the model that is trained here.")
  private Path output;

  @Option(
      names = "--engine",
      paramLabel = "NAME",
      description = "Engine to use (the model's own); see 'levin engines'.")
  private String engine;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "CPU threads (all processors); never changes the result.")
  private Integer threads;

  @Option(names = "--quiet", description = "Show no progress.")
  private boolean quiet;

  /** The texts, where they are not found by themselves. */
  static final class Input {
    @Option(
        names = "--text",
        paramLabel = "FILE",
        arity = "1..*",
        description = "The texts that the model was trained on (where they were).")
    private List<Path> text;

    @Option(
        names = "--corpus",
        paramLabel = "FILE",
        description = "A corpus of these texts that 'levin encode' wrote.")
    private Path corpus;
  }

  ReproduceCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    if (output != null) {
      new NamedFiles()
          .reads("--model", model)
          .reads("--from", from)
          .reads("--text", input == null ? null : input.text)
          .reads("--corpus", input == null ? null : input.corpus)
          .writes("--output", output);
      AtomicFile.check(output);
    }
    try (SequenceModel original = SequenceModel.load(model)) {
      Reproduction reproduction = reproduction(original);
      if (from == null) {
        return reproduce(original, reproduction);
      }
      try (SequenceModel start = SequenceModel.load(from)) {
        return reproduce(original, reproduction.startingFrom(start));
      }
    }
  }

  private Reproduction reproduction(SequenceModel original) {
    Reproduction reproduction = Reproduction.of(original);
    if (engine != null) {
      reproduction = reproduction.engine(engine);
    }
    try {
      return threads == null ? reproduction : reproduction.threads(threads);
    } catch (IllegalArgumentException e) {
      throw new UsageException(TrainingFlags.withFlag(e.getMessage()), e);
    }
  }

  private int reproduce(SequenceModel original, Reproduction reproduction) throws IOException {
    try (Interruption interruption = Interruption.listen();
        Corpus corpus = corpus(original)) {
      SequenceModel again = train(reproduction, corpus, interruption.cancellation());
      if (interruption.cancellation().cancelled()) {
        console.err().println("interrupted; nothing was compared");
        return Levin.INTERRUPTED;
      }
      if (output != null) {
        again.save(output);
      }
      return report(original, ModelComparison.of(original, again));
    }
  }

  private SequenceModel train(Reproduction reproduction, Corpus corpus, Cancellation cancellation) {
    try (Progress progress = quiet ? Progress.none() : Progress.on(console)) {
      return reproduction.train(corpus, progress, cancellation);
    }
  }

  private Corpus corpus(SequenceModel original) throws IOException {
    if (input == null) {
      return new KnownTexts(TrainingFacts.sources(original.provenance()), model)
          .open(original.vocabulary());
    }
    return input.corpus == null
        ? KnownTexts.open(input.text, original.vocabulary())
        : Corpus.open(input.corpus);
  }

  private int report(SequenceModel original, ModelComparison comparison) {
    PrintStream out = console.out();
    if (comparison.identical()) {
      out.printf(
          "identical: all %d parameters, SHA-256 %s%n",
          original.parameters().count(),
          Sha256.ofTensors(ModelFile.tensors(original.parameters())));
      return 0;
    }
    out.println("different: the first is " + model + ", the second what was trained now");
    comparison.tensors().forEach(tensor -> out.println("  " + tensor));
    out.println("provenance:");
    comparison.provenance().forEach(value -> out.println("  " + value));
    return DIFFERENT;
  }
}

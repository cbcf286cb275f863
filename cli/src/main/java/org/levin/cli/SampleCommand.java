package org.levin.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.PatternSyntaxException;
import org.levin.SequenceModel;
import org.levin.constraint.Constraint;
import org.levin.sampling.Beam;
import org.levin.sampling.GeneratedSymbol;
import org.levin.sampling.GenerationOptions;
import org.levin.sampling.GenerationSession;
import org.levin.sampling.Hypothesis;
import org.levin.text.Vocabulary;
import org.levin.training.Cancellation;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code levin sample}: a model writes. */
@Command(
    name = "sample",
    description = "Writes a text with a model: the prompt, then new characters as they are made.")
final class SampleCommand implements Callable<Integer> {
  private final Console console;

  @Mixin private ModelFlags model;

  @Option(
      names = "--prompt",
      paramLabel = "TEXT",
      defaultValue = "",
      description = "What the text begins with; without it, as after a line break.")
  private String prompt;

  @Option(
      names = "--length",
      paramLabel = "N",
      defaultValue = "" + GenerationOptions.DEFAULT_LENGTH,
      description = "New characters to write, at most (${DEFAULT-VALUE}).")
  private int length;

  @Option(names = "--stop", paramLabel = "TEXT", description = "End before TEXT; may be repeated.")
  private List<String> stops = List.of();

  @ArgGroup private Limit limit;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "The same seed gives the same text; without it, each text differs.")
  private Long seed;

  @Option(
      names = "--count",
      paramLabel = "N",
      description =
          "Write N texts, one a line, line breaks as \\n; the seeds are --seed and the next ones.")
  private Integer count;

  @Option(
      names = "--beams",
      paramLabel = "W",
      description =
          "Look for the most likely text instead, following W beginnings at once; with --count, for the N best.")
  private Integer beams;

  @Option(
      names = "--length-penalty",
      paramLabel = "X",
      description =
          "With --beams, divide log-probabilities by length^X ("
              + Beam.DEFAULT_LENGTH_PENALTY
              + ").")
  private Double lengthPenalty;

  @Option(
      names = "--show-probabilities",
      description = "Color each new character by its probability, on a terminal.")
  private boolean showProbabilities;

  @Mixin private SamplerFlags sampler;

  @Mixin private UnknownFlag unknown;

  /** Which texts may be written: one or the other. */
  static final class Limit {
    @Option(
        names = "--pattern",
        paramLabel = "REGEX",
        description = "Write only what matches the regular expression as a whole.")
    private String pattern;

    @Option(
        names = "--one-of",
        paramLabel = "FILE",
        description = "Write only one of the lines of FILE.")
    private Path oneOf;

    Constraint constraint(Vocabulary vocabulary) throws IOException {
      if (oneOf != null) {
        List<String> lines = TextLines.all(oneOf).stream().filter(line -> !line.isEmpty()).toList();
        if (lines.isEmpty()) {
          throw new UsageException("--one-of needs a file with lines, but " + oneOf + " has none");
        }
        return Constraint.oneOf(lines, vocabulary);
      }
      try {
        return Constraint.matching(pattern, vocabulary);
      } catch (PatternSyntaxException e) {
        throw new UsageException(
            "--pattern: %s in \"%s\"".formatted(e.getDescription(), e.getPattern()), e);
      }
    }
  }

  SampleCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    check();
    long chosen = seed == null ? ThreadLocalRandom.current().nextInt(Integer.MAX_VALUE) : seed;
    try (SequenceModel loaded = model.load()) {
      GenerationOptions options = options(loaded.vocabulary()).seed(chosen);
      if (beams != null) {
        search(loaded, options);
        return 0;
      }
      draw(loaded, options);
    } catch (NobodyReadsException e) {
      // Who has seen enough may still want the same again.
      tellSeed(chosen);
      throw e;
    }
    tellSeed(chosen);
    return 0;
  }

  private void draw(SequenceModel loaded, GenerationOptions options) {
    if (count == null) {
      write(loaded, options);
    } else {
      List<String> prompts = Collections.nCopies(count, prompt);
      loaded.generateAll(prompts, options, this::writeLine, new Cancellation());
    }
  }

  private void tellSeed(long chosen) {
    if (seed == null && beams == null && console.terminal()) {
      console.err().println("(the same again: --seed " + chosen + ")");
    }
  }

  private void check() {
    atLeast(0, length, "--length");
    atLeast(1, count == null ? 1 : count, "--count");
    atLeast(1, beams == null ? 1 : beams, "--beams");
    if (beams != null && count != null && count > beams) {
      throw new UsageException(
          "--count must be at most the --beams that are followed, %d, but was %d"
              .formatted(beams, count));
    }
    if (lengthPenalty != null && beams == null) {
      throw new UsageException("--length-penalty needs --beams");
    }
    if (stops.contains("")) {
      throw new UsageException("--stop must not be empty");
    }
    if (!stops.isEmpty() && limit != null) {
      throw new UsageException(
          "--stop does not go with --pattern and --one-of, which say themselves where a text ends");
    }
    if (showProbabilities && (count != null || beams != null)) {
      throw new UsageException(
          "--show-probabilities shows a single text: without --count, --beams");
    }
  }

  private static void atLeast(int least, int value, String flag) {
    if (value < least) {
      throw new UsageException(flag + " must be at least " + least + ", but was " + value);
    }
  }

  private GenerationOptions options(Vocabulary vocabulary) throws IOException {
    GenerationOptions options =
        GenerationOptions.of(sampler.sampler(vocabulary, length))
            .length(length)
            .stopAt(stops.toArray(String[]::new))
            .unknownSymbols(unknown.policy());
    return limit == null ? options : options.constraint(limit.constraint(vocabulary));
  }

  private void write(SequenceModel loaded, GenerationOptions options) {
    PrintStream out = console.out();
    try (GenerationSession session = loaded.session(options)) {
      session.feed(prompt);
      out.print(prompt);
      while (session.hasNext()) {
        GeneratedSymbol symbol = session.next();
        out.print(
            showProbabilities
                ? ProbabilityColors.paint(console, symbol.text(), symbol.logProbability())
                : symbol.text());
        console.requireReader();
      }
      out.println();
    }
  }

  private void search(SequenceModel loaded, GenerationOptions options) {
    Beam beam = beam();
    for (Hypothesis hypothesis : loaded.beamSearch(prompt, beam, options)) {
      if (count == null) {
        console.out().println(prompt + hypothesis.text());
      } else {
        writeLine(hypothesis.text());
      }
    }
  }

  private Beam beam() {
    try {
      Beam beam = Beam.of(beams).best(count == null ? 1 : count);
      return lengthPenalty == null ? beam : beam.lengthPenalty(lengthPenalty);
    } catch (IllegalArgumentException e) {
      throw new UsageException("--beams, --length-penalty: " + e.getMessage(), e);
    }
  }

  private void writeLine(String text) {
    console.out().println((prompt + text).replace("\r", "\\r").replace("\n", "\\n"));
    console.requireReader();
  }
}

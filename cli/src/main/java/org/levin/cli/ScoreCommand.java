package org.levin.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.levin.SequenceModel;
import org.levin.corpus.Corpus;
import org.levin.corpus.CorpusEncoder;
import org.levin.evaluation.Likelihood;
import org.levin.evaluation.ScoredSymbol;
import org.levin.evaluation.ScoringOptions;
import org.levin.evaluation.TextScorer;
import org.levin.format.AtomicFile;
import org.levin.provenance.EvaluationProvenances;
import org.levin.provenance.EvaluationRecord;
import org.levin.sampling.GenerationOptions;
import org.levin.sampling.GenerationSession;
import org.levin.text.Vocabulary;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code levin score}: how likely a model finds a text. */
@Command(
    name = "score",
    description =
        "Says how likely a model finds a text. The text's first character conditions and is not scored, unless there is a --context.")
final class ScoreCommand implements Callable<Integer> {
  private final Console console;

  @Mixin private ModelFlags model;

  @ArgGroup(multiplicity = "1")
  private Input input;

  @Option(
      names = "--context",
      paramLabel = "TEXT",
      description =
          "What the text follows; empty for a line break. Then the first character counts.")
  private String context;

  @Option(names = "--json", description = "Write JSON.")
  private boolean json;

  @Option(
      names = "--per-token",
      description = "Write the natural logarithm of each character's probability too.")
  private boolean perToken;

  @Option(
      names = "--lines",
      description = "Score each line as a text of its own that follows a line break.")
  private boolean lines;

  @Option(
      names = "--top",
      paramLabel = "N",
      description = "With --lines, write only the N strangest, the strangest first.")
  private Integer top;

  @Option(
      names = "--next",
      paramLabel = "N",
      description = "Write the N likeliest characters after the text instead.")
  private Integer next;

  @Option(
      names = "--show-probabilities",
      description = "Write the text, each character in the color of its probability on a terminal.")
  private boolean showProbabilities;

  @Option(
      names = "--provenance",
      paramLabel = "FILE",
      description = "Write what was scored with which model, as Tribuo's EvaluationProvenance.")
  private Path provenance;

  @Mixin private UnknownFlag unknown;

  /** What to score: one or the other. */
  static final class Input {
    @Option(names = "--text", paramLabel = "FILE", description = "A text file in UTF-8.")
    private Path text;

    @Option(names = "--string", paramLabel = "TEXT", description = "A text.")
    private String string;
  }

  ScoreCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    check();
    if (provenance != null) {
      new NamedFiles()
          .reads("--model", model.file())
          .reads("--text", input.text)
          .writes("--provenance", provenance);
      AtomicFile.check(provenance);
    }
    ScoringOptions options = ScoringOptions.defaults().unknownSymbols(unknown.policy());
    options = context == null ? options : options.after(context);
    try (SequenceModel loaded = model.load()) {
      if (lines) {
        scoreLines(loaded, options);
      } else if (next != null) {
        writeNext(loaded, options);
      } else {
        score(loaded, options);
      }
    }
    return 0;
  }

  private void check() {
    if (top != null && !lines) {
      throw new UsageException("--top ranks lines: it needs --lines");
    }
    atLeastOne(top, "--top");
    atLeastOne(next, "--next");
    if (lines && (next != null || showProbabilities || perToken && !json)) {
      throw new UsageException(
          "--lines goes with --json, --top, --context and, in JSON, --per-token; not with --next, --show-probabilities");
    }
    if (next != null
        && (input.string == null || perToken || showProbabilities || context != null)) {
      throw new UsageException("--next goes with --string and --json only");
    }
    if (provenance != null && (lines || next != null)) {
      throw new UsageException("--provenance tells of one score: it goes without --lines, --next");
    }
    if (showProbabilities && (json || perToken)) {
      throw new UsageException("--show-probabilities goes without --json and --per-token");
    }
  }

  private static void atLeastOne(Integer value, String flag) {
    if (value != null && value < 1) {
      throw new UsageException(flag + " must be at least 1, but was " + value);
    }
  }

  private void scoreLines(SequenceModel loaded, ScoringOptions options) throws IOException {
    try (TextLines read =
        input.text == null ? TextLines.of(input.string) : TextLines.of(input.text)) {
      new LineScores(console, loaded, options, json, perToken)
          .write(read, Optional.ofNullable(top));
    }
  }

  private void writeNext(SequenceModel loaded, ScoringOptions options) throws IOException {
    try (GenerationSession session =
        loaded.session(GenerationOptions.defaults().unknownSymbols(options.unknownSymbols()))) {
      NextSymbols symbols =
          new NextSymbols(session.feed(input.string).distribution(), loaded.vocabulary(), next);
      if (json) {
        symbols.writeJson(console.out());
      } else {
        symbols.write(console.out());
      }
    }
  }

  private void score(SequenceModel loaded, ScoringOptions options) throws IOException {
    CorpusEncoder encoder =
        input.text == null ? CorpusEncoder.of(input.string) : CorpusEncoder.of(input.text);
    try (Corpus text =
        encoder.vocabulary(loaded.vocabulary()).unknownSymbols(unknown.policy()).open()) {
      if (context == null && text.tokens().size() < 2) {
        throw new IllegalArgumentException(
            "a text of at least 2 symbols is needed, because the first one only conditions; or give a --context");
      }
      ScoreOutput output = output(loaded.vocabulary());
      Watch watch = new Watch(output);
      try (TextScorer scorer = loaded.scorer(options, watch::symbol)) {
        output.begin(text.tokens());
        scorer.add(text.tokens());
        output.end(scorer);
        if (provenance != null) {
          write(provenance(loaded, text, scorer));
        }
      }
    }
  }

  private static String provenance(SequenceModel loaded, Corpus text, Likelihood score) {
    return EvaluationProvenances.toJson(
        EvaluationProvenances.of(
            loaded.provenance(),
            new EvaluationRecord(
                text.sources(),
                text.size(),
                text.vocabulary().size(),
                text.vocabulary().fingerprint(),
                score.tokens(),
                score.natsPerToken())));
  }

  private void write(String json) throws IOException {
    AtomicFile.write(
        provenance, channel -> channel.write(StandardCharsets.UTF_8.encode(json + "\n")));
  }

  /** Looks from time to time whether anybody still reads. */
  private final class Watch {
    private static final int SYMBOLS = 1024;

    private final ScoreOutput output;
    private long count;

    Watch(ScoreOutput output) {
      this.output = output;
    }

    void symbol(ScoredSymbol symbol) {
      output.symbol(symbol);
      if (++count % SYMBOLS == 0) {
        console.requireReader();
      }
    }
  }

  private ScoreOutput output(Vocabulary vocabulary) throws IOException {
    if (json) {
      return new JsonScore(console.out(), perToken);
    }
    if (showProbabilities) {
      return new PaintedText(console, vocabulary, context == null);
    }
    return new ScoreTable(console.out(), vocabulary, perToken);
  }
}

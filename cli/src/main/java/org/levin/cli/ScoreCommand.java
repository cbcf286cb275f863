package org.levin.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.levin.SequenceModel;
import org.levin.corpus.Corpus;
import org.levin.corpus.CorpusEncoder;
import org.levin.evaluation.Score;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code levin score}: how likely a model finds a text. */
@Command(
    name = "score",
    description =
        "Says how likely a model finds a text. The text's first character conditions and is not scored.")
final class ScoreCommand implements Callable<Integer> {
  private final Console console;

  @Option(names = "--model", paramLabel = "FILE", required = true, description = "The model.")
  private Path model;

  @ArgGroup(multiplicity = "1")
  private Input input;

  @Option(names = "--json", description = "Write JSON.")
  private boolean json;

  @Option(
      names = "--per-token",
      description = "Write the natural logarithm of each character's probability too.")
  private boolean perToken;

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
    try (SequenceModel loaded = SequenceModel.load(model);
        Corpus text =
            encoder().vocabulary(loaded.vocabulary()).unknownSymbols(unknown.policy()).open()) {
      Score score = loaded.score(text.tokens());
      if (json) {
        writeJson(score);
      } else {
        write(score, text);
      }
    }
    return 0;
  }

  private CorpusEncoder encoder() {
    return input.text == null ? CorpusEncoder.of(input.string) : CorpusEncoder.of(input.text);
  }

  private void writeJson(Score score) throws IOException {
    ObjectNode node =
        Json.MAPPER
            .createObjectNode()
            .put("tokens", score.tokens())
            .put("natsPerToken", score.natsPerToken())
            .put("bitsPerToken", score.bitsPerToken())
            .put("perplexity", score.perplexity());
    if (perToken) {
      ArrayNode values = node.putArray("logProbabilities");
      for (double value : score.logProbabilities()) {
        values.add(value);
      }
    }
    console.out().println(Json.MAPPER.writeValueAsString(node));
  }

  private void write(Score score, Corpus text) {
    PrintStream out = console.out();
    if (perToken) {
      double[] values = score.logProbabilities();
      int[] id = new int[1];
      for (int k = 0; k < values.length; k++) {
        text.tokens().copyTo(k + 1, id, 0, 1);
        out.printf(Locale.ROOT, "%s\t%.6f%n", text.vocabulary().display(id[0]), values[k]);
      }
    }
    out.printf(Locale.ROOT, "characters scored   %,d%n", score.tokens());
    out.printf(Locale.ROOT, "nats per character  %.4f%n", score.natsPerToken());
    out.printf(Locale.ROOT, "bits per character  %.4f%n", score.bitsPerToken());
    out.printf(Locale.ROOT, "perplexity          %.4f%n", score.perplexity());
  }
}

package org.levin.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.levin.cli.Outcome.levin;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.levin.SequenceModel;

class ScoreCommandTest {
  private static final String TEXT = "Alle gl\u00fccklichen \ud83d\ude00 Familien";

  @TempDir static Path folder;
  private static Path model;
  private static Path text;

  @BeforeAll
  static void aModel() throws IOException {
    model = Texts.model(folder);
    text = Files.writeString(folder.resolve("scored.txt"), TEXT);
  }

  @Test
  void everyCharacterButTheFirstHasAProbability() throws IOException {
    JsonNode score = score("--string", TEXT, "--per-token");
    double[] values = values(score);
    assertEquals(TEXT.codePointCount(0, TEXT.length()) - 1, values.length);
    assertEquals(values.length, score.get("tokens").intValue());
    try (SequenceModel loaded = SequenceModel.load(model)) {
      assertArrayEquals(loaded.score(TEXT).logProbabilities(), values);
    }
  }

  @Test
  void theNumbersAreConsistent() throws IOException {
    JsonNode score = score("--string", TEXT, "--per-token");
    double nats = -DoubleStream.of(values(score)).average().orElseThrow();
    assertEquals(nats, score.get("natsPerToken").doubleValue(), 1e-12);
    assertEquals(nats / Math.log(2), score.get("bitsPerToken").doubleValue(), 1e-12);
    assertEquals(Math.exp(nats), score.get("perplexity").doubleValue(), 1e-9);
  }

  @Test
  void probabilitiesOfAllContinuationsSumToOne() throws IOException {
    double sum = 0;
    for (int symbol : Texts.of(1).codePoints().distinct().toArray()) {
      sum +=
          Math.exp(values(score("--string", "Al" + Character.toString(symbol), "--per-token"))[1]);
    }
    assertEquals(1, sum, 1e-6);
  }

  @Test
  void aFileScoresLikeItsText() throws IOException {
    assertEquals(score("--string", TEXT, "--per-token"), score("--text", text, "--per-token"));
  }

  @Test
  void theJsonHasTheProbabilitiesOnlyOnRequest() throws IOException {
    assertEquals(
        List.of("tokens", "natsPerToken", "bitsPerToken", "perplexity"),
        names(score("--text", text)));
    assertEquals(
        List.of("tokens", "natsPerToken", "bitsPerToken", "perplexity", "logProbabilities"),
        names(score("--text", text, "--per-token")));
  }

  @Test
  void forPeopleTheSameNumbersAreRounded() throws IOException {
    JsonNode score = score("--text", text);
    assertEquals(
        String.format(
            java.util.Locale.ROOT,
            "characters scored   %d%nnats per character  %.4f%nbits per character  %.4f%nperplexity          %.4f%n",
            score.get("tokens").intValue(),
            score.get("natsPerToken").doubleValue(),
            score.get("bitsPerToken").doubleValue(),
            score.get("perplexity").doubleValue()),
        levin("score", "--model", model, "--text", text).succeeded().out());
  }

  @Test
  void forPeopleEachCharacterHasALine() throws IOException {
    List<String> lines =
        levin("score", "--model", model, "--string", "Alle", "--per-token")
            .succeeded()
            .out()
            .lines()
            .toList();
    double[] values = values(score("--string", "Alle", "--per-token"));
    for (int k = 0; k < 3; k++) {
      String[] cells = lines.get(k).split("\t");
      assertTrue(cells[0].contains("lle".substring(k, k + 1)), lines.get(k));
      assertEquals(values[k], Double.parseDouble(cells[1]), 1e-6);
    }
    assertEquals("characters scored   3", lines.get(3));
  }

  @Test
  void anUnknownCharacterIsAnErrorUnlessItIsToBeSkipped() throws IOException {
    levin("score", "--model", model, "--string", "Alle \u00c9 gl\u00c9ich")
        .failed("U+00C9", "position 5", "--unknown skip");
    assertEquals(
        score("--string", "Alle  glich", "--per-token"),
        score("--string", "Alle \u00c9 gl\u00c9ich", "--per-token", "--unknown", "skip"));
  }

  @Test
  void aTextMustHaveACharacterThatIsScored() {
    levin("score", "--model", model, "--string", "A").failed("at least 2 symbols");
    levin("score", "--model", model, "--string", "").failed("the text is empty");
    levin("score", "--model", model, "--string", "\u00c9", "--unknown", "skip")
        .failed("no symbol of the text is in the vocabulary");
  }

  @Test
  void textAndStringExcludeEachOtherAndOneIsNeeded() {
    levin("score", "--model", model).misused("--text", "--string");
    levin("score", "--model", model, "--text", text, "--string", "x").misused("--text", "--string");
    levin("score", "--string", "x").misused("--model");
  }

  private static JsonNode score(Object... more) throws IOException {
    List<Object> all = new ArrayList<>(List.of("score", "--json", "--model", model));
    all.addAll(List.of(more));
    return levin(all.toArray()).json();
  }

  private static double[] values(JsonNode score) {
    return StreamSupport.stream(score.get("logProbabilities").spliterator(), false)
        .mapToDouble(JsonNode::doubleValue)
        .toArray();
  }

  private static List<String> names(JsonNode node) {
    List<String> names = new ArrayList<>();
    node.fieldNames().forEachRemaining(names::add);
    return names;
  }
}

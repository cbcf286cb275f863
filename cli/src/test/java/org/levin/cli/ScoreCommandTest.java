package org.levin.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.levin.cli.Outcome.levin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.levin.SequenceModel;
import org.levin.provenance.EvaluationProvenances;
import org.tribuo.provenance.EvaluationProvenance;

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
        List.of(
            "tokens",
            "natsPerToken",
            "bitsPerToken",
            "perplexity",
            "bitsPerByte",
            "logProbability"),
        names(score("--text", text)));
    assertEquals(
        List.of(
            "logProbabilities",
            "tokens",
            "natsPerToken",
            "bitsPerToken",
            "perplexity",
            "bitsPerByte",
            "logProbability"),
        names(score("--text", text, "--per-token")));
  }

  @Test
  void forPeopleTheSameNumbersAreRounded() throws IOException {
    JsonNode score = score("--text", text);
    assertEquals(
        String.format(
            java.util.Locale.ROOT,
            "characters scored   %d%nlog-probability     %.4f%nnats per character  %.4f%nbits per character  %.4f%nbits per byte       %.4f%nperplexity          %.4f%n",
            score.get("tokens").intValue(),
            score.get("logProbability").doubleValue(),
            score.get("natsPerToken").doubleValue(),
            score.get("bitsPerToken").doubleValue(),
            score.get("bitsPerByte").doubleValue(),
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
      assertTrue(Integer.parseInt(cells[2]) >= 1, "the rank");
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
  void afterAContextTheFirstCharacterCountsToo() throws IOException {
    double[] whole = values(score("--string", "Alle gl", "--per-token"));
    double[] rest = values(score("--string", "le gl", "--context", "Al", "--per-token"));
    assertArrayEquals(Arrays.copyOfRange(whole, 1, 6), rest);
    assertArrayEquals(
        values(score("--string", "\nAl", "--per-token")),
        values(score("--string", "Al", "--context", "", "--per-token")));
  }

  @Test
  void everyLineIsATextOfItsOwnAfterALineBreak() throws IOException {
    Path lines =
        Files.writeString(folder.resolve("lines.txt"), "Alle\n\ngl\u00fcck\r\nAlle Familien");
    List<JsonNode> scored = lines("--text", lines);
    assertEquals(4, scored.size());
    String[] texts = {"Alle", "", "gl\u00fcck", "Alle Familien"};
    for (int i = 0; i < 4; i++) {
      JsonNode line = scored.get(i);
      assertEquals(List.of("line", "tokens", "natsPerToken", "text"), names(line));
      assertEquals(i + 1, line.get("line").intValue());
      assertEquals(texts[i], line.get("text").textValue());
      assertEquals(texts[i].length(), line.get("tokens").intValue());
      if (i != 1) {
        assertEquals(
            score("--string", "\n" + texts[i]).get("natsPerToken"), line.get("natsPerToken"));
      }
    }
    assertTrue(scored.get(1).get("natsPerToken").isNull(), "an empty line has no mean");
  }

  @Test
  void theStrangestLinesComeFirst() throws IOException {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 5_000; i++) {
      text.append(i % 500 == 77 ? "nnneeelll" : i % 9 == 0 ? "" : "Alle gl\u00fccklichen Familien")
          .append('\n');
    }
    Path file = Files.writeString(folder.resolve("log.txt"), text);
    List<JsonNode> all = lines("--text", file);
    List<JsonNode> top = lines("--text", file, "--top", 12);
    List<JsonNode> expected =
        all.stream()
            .filter(line -> line.get("tokens").intValue() > 0)
            .sorted(Comparator.comparingDouble(line -> -line.get("natsPerToken").doubleValue()))
            .limit(12)
            .toList();
    assertEquals(expected, top);
    assertEquals("nnneeelll", top.getFirst().get("text").textValue());
    assertEquals(78, top.getFirst().get("line").intValue());
    String[] table =
        levin("score", "--model", model, "--text", file, "--lines", "--top", 1)
            .succeeded()
            .out()
            .strip()
            .split("\t");
    assertEquals("78", table[1]);
    assertEquals("nnneeelll", table[2]);
  }

  @Test
  void anUnknownCharacterOfALineIsNamedWithItsLine() throws IOException {
    Path file = Files.writeString(folder.resolve("odd.txt"), "Alle\nAll\u00c9\n");
    levin("score", "--model", model, "--text", file, "--lines", "--json")
        .failed("line 2", "U+00C9", "position 3", "--unknown skip");
    assertEquals(3, lines("--text", file, "--unknown", "skip").get(1).get("tokens").intValue());
    Path malformed = folder.resolve("malformed.txt");
    Files.write(malformed, new byte[] {'A', '\n', 'l', (byte) 0xC3, 'l', '\n'});
    levin("score", "--model", model, "--text", malformed, "--lines")
        .failed(malformed, "byte offset 3");
  }

  @Test
  void theLikeliestNextCharacters() throws IOException {
    JsonNode next =
        levin("score", "--model", model, "--string", "Al", "--next", 3, "--json").json();
    assertEquals(3, next.size());
    double before = 1;
    for (JsonNode symbol : next) {
      double probability = symbol.get("probability").doubleValue();
      double scored =
          values(score("--string", "Al" + symbol.get("text").textValue(), "--per-token"))[1];
      assertEquals(Math.exp(scored), probability, 1e-12);
      assertTrue(probability <= before);
      before = probability;
    }
    assertEquals(
        3,
        levin("score", "--model", model, "--string", "Al", "--next", 3)
            .succeeded()
            .out()
            .lines()
            .count());
  }

  @Test
  void onATerminalTheTextIsColored() {
    String plain =
        levin("score", "--model", model, "--string", TEXT, "--show-probabilities")
            .succeeded()
            .out();
    assertEquals(TEXT + "\n", plain);
    String colored =
        Outcome.onTerminal("score", "--model", model, "--string", TEXT, "--show-probabilities")
            .succeeded()
            .out();
    assertTrue(colored.startsWith("A\u001b["), colored);
    assertEquals(plain, colored.replaceAll("\u001b\\[[0-9;]*m", ""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--top 3",
        "--top 0 --lines",
        "--next 0",
        "--next 3 --lines",
        "--lines --per-token",
        "--next 3 --per-token",
        "--next 3 --context A",
        "--show-probabilities --json"
      })
  void optionsThatDoNotGoTogetherAreMisuse(String flags) {
    List<Object> all = new ArrayList<>(List.of("score", "--model", model, "--string", "Alle"));
    all.addAll(List.of(flags.split(" ")));
    levin(all.toArray()).misused(flags.split(" ")[0]);
    levin("score", "--model", model, "--text", text, "--next", 3).misused("--next", "--string");
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

  private static List<JsonNode> lines(Object... more) throws IOException {
    List<Object> all = new ArrayList<>(List.of("score", "--json", "--lines", "--model", model));
    all.addAll(List.of(more));
    List<JsonNode> lines = new ArrayList<>();
    for (String line : levin(all.toArray()).succeeded().out().lines().toList()) {
      lines.add(new ObjectMapper().readTree(line));
    }
    return lines;
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

  @Test
  void tellsTribuoWhatWasScoredWithWhichModel() throws IOException {
    Path model = Texts.model(folder);
    Path text = Texts.write(folder.resolve("other.txt"), 3);
    Path file = folder.resolve("evaluation.json");
    Outcome outcome =
        levin("score", "--model", model, "--text", text, "--json", "--provenance", file);
    String nats = outcome.json().get("natsPerToken").toString();
    EvaluationProvenance read = EvaluationProvenances.fromJson(Files.readString(file));
    assertTrue(read.getTestDatasetProvenance().toString().contains(nats), read::toString);
    assertTrue(read.getTestDatasetProvenance().toString().contains("other.txt"), read::toString);
    levin("score", "--model", model, "--text", text, "--lines", "--provenance", file)
        .misused("--provenance");
    levin("score", "--model", model, "--text", text, "--provenance", folder.resolve("no/file"))
        .failed("there is no folder");
  }
}

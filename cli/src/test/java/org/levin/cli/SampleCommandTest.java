package org.levin.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.levin.cli.Outcome.levin;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.levin.SequenceModel;
import org.levin.sampling.Beam;
import org.levin.sampling.GenerationOptions;
import org.levin.sampling.Hypothesis;
import org.levin.sampling.Sampler;
import org.levin.sampling.TemperatureSchedule;
import org.levin.text.Vocabulary;

class SampleCommandTest {
  @TempDir static Path folder;
  private static Path model;

  @BeforeAll
  static void aModel() throws IOException {
    model = Texts.model(folder);
  }

  @Test
  void writesThePromptAndExactlySoManyNewCharactersAndALineBreak() {
    String text = sample("--prompt", "Alle ", "--length", 123);
    assertTrue(text.startsWith("Alle "));
    assertTrue(text.endsWith("\n"));
    assertEquals("Alle ".length() + 123 + 1, text.codePoints().count());
  }

  @Test
  void withoutAPromptThereAreOnlyNewCharacters() {
    assertEquals(1000 + 1, sample().codePoints().count());
    assertEquals("\n", sample("--length", 0));
  }

  @Test
  void theSameSeedGivesTheSameText() {
    assertEquals(sample("--seed", 7), sample("--seed", 7));
    assertNotEquals(sample("--seed", 7), sample("--seed", 8));
    assertNotEquals(sample(), sample(), "without a seed each text differs");
  }

  @Test
  void writesWhatTheLibraryGenerates() throws IOException {
    Sampler sampler = Sampler.topK(5).then(Sampler.temperature(0.7));
    try (SequenceModel loaded = SequenceModel.load(model)) {
      assertEquals(
          "Fam" + loaded.generate("Fam", 50, sampler, 3) + "\n",
          sample(
              "--prompt", "Fam", "--length", 50, "--top-k", 5, "--temperature", 0.7, "--seed", 3));
    }
  }

  @Test
  void topKOfOneIsAlwaysTheMostLikely() {
    assertEquals(
        sample("--top-k", 1, "--seed", 1, "--length", 40),
        sample("--top-k", 1, "--seed", 2, "--length", 40));
  }

  @Test
  void aLowTemperatureIsNearlyTheMostLikely() {
    assertEquals(
        sample("--top-k", 1, "--length", 40), sample("--temperature", 1e-6, "--length", 40));
  }

  @ParameterizedTest
  @CsvSource({
    "--temperature, 0",
    "--temperature, -1",
    "--temperature, NaN",
    "--temperature, Infinity",
    "--temperature, warm",
    "--top-k, 0",
    "--top-k, -3",
    "--top-k, 1.5",
    "--length, -1",
    "--length, 99999999999",
    "--seed, x",
    "--unknown, perhaps",
    "--top-p, 0",
    "--top-p, 1.5",
    "--min-p, -1",
    "--typical, NaN",
    "--repetition-penalty, 0",
    "--penalty-window, x",
    "--final-temperature, 0",
    "--mirostat, -2",
    "--mirostat-rate, much",
    "--count, 0",
    "--beams, 0",
    "--bias, A",
    "--pattern, a(b",
  })
  void aValueOutOfRangeIsMisuseAndTheMessageNamesTheFlag(String flag, String value) {
    levin("sample", "--model", model, flag, value).misused(flag, value);
  }

  @Test
  void anUnknownCharacterOfThePromptIsNamedWithItsPlace() {
    levin("sample", "--model", model, "--prompt", "Alle \u00c9")
        .failed("\"\u00c9\" (U+00C9)", "position 5", "--unknown skip");
  }

  @Test
  void anUnknownCharacterOfThePromptIsSkippedOnRequest() {
    String text = sample("--prompt", "Alle \u00c9", "--unknown", "skip", "--seed", 4);
    String known = sample("--prompt", "Alle ", "--seed", 4);
    assertEquals(known.substring("Alle ".length()), text.substring("Alle \u00c9".length()));
  }

  @Test
  void aPromptMayBeginWithAnAtSignOrADash() throws IOException {
    Path file = Files.writeString(folder.resolve("arguments"), "Alle");
    levin("sample", "--model", model, "--prompt", "@" + file)
        .failed("\"@\" (U+0040)", "position 0");
    levin("sample", "--model", model, "--prompt", "-- Alle").failed("\"-\" (U+002D)", "position 0");
  }

  @Test
  void theOptionsMakeTheChainInItsStatedOrder() throws IOException {
    try (SequenceModel loaded = SequenceModel.load(model)) {
      Vocabulary vocabulary = loaded.vocabulary();
      Sampler chain =
          Sampler.penalties(1.2, 0.1, 0.2, 20)
              .then(Sampler.bias(vocabulary, "e", 1.5))
              .then(Sampler.ban(vocabulary, "lF"))
              .then(Sampler.topK(9))
              .then(Sampler.typical(0.95))
              .then(Sampler.topP(0.9))
              .then(Sampler.minP(0.02))
              .then(Sampler.temperature(TemperatureSchedule.linear(1.5, 0.5, 60)))
              .then(Sampler.mirostat(2, 0.2));
      String text =
          sample(
              "--mirostat-rate",
              0.2,
              "--mirostat",
              2,
              "--final-temperature",
              0.5,
              "--temperature",
              1.5,
              "--min-p",
              0.02,
              "--top-p",
              0.9,
              "--typical",
              0.95,
              "--top-k",
              9,
              "--ban",
              "lF",
              "--bias",
              "e=1.5",
              "--penalty-window",
              20,
              "--presence-penalty",
              0.2,
              "--frequency-penalty",
              0.1,
              "--repetition-penalty",
              1.2,
              "--length",
              60,
              "--seed",
              5);
      assertEquals(loaded.generate("", 60, chain, 5) + "\n", text);
      assertFalse(text.contains("l") || text.contains("F"));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "--penalty-window, 5, --repetition-penalty",
    "--mirostat-rate, 0.2, --mirostat",
    "--length-penalty, 2, --beams",
    "--temperature, 0, --top-k 1",
  })
  void aFlagThatDoesNothingByItselfSaysWhatItNeeds(String flag, String value, String needed) {
    levin("sample", "--model", model, flag, value).misused(flag, needed);
  }

  @Test
  void aCharacterToBanOrFavorMustBeKnown() {
    levin("sample", "--model", model, "--ban", "e\u00c9").misused("--ban", "U+00C9");
    levin("sample", "--model", model, "--bias", "\u00c9=1").misused("--bias", "U+00C9");
    for (String bias : new String[] {"=5", "e", "e=", "e=x"}) {
      levin("sample", "--model", model, "--bias", bias).misused("--bias", bias);
    }
  }

  @Test
  void endsBeforeAStopString() {
    String whole = sample("--seed", 3, "--length", 200);
    String stop = whole.substring(50, 52);
    String other = whole.substring(70, 73);
    int end = Math.min(whole.indexOf(stop), whole.indexOf(other));
    assertEquals(
        whole.substring(0, end) + "\n",
        sample("--seed", 3, "--length", 200, "--stop", stop, "--stop", other));
    levin("sample", "--model", model, "--stop", "").misused("--stop");
    levin("sample", "--model", model, "--stop", "a", "--pattern", "a+")
        .misused("--stop", "--pattern");
  }

  @Test
  void manyTextsAreOneALineEachWithTheNextSeed() {
    String[] lines =
        sample("--prompt", "Al", "--length", 90, "--count", 5, "--seed", 7).split("\n");
    assertEquals(5, lines.length);
    boolean escaped = false;
    for (int i = 0; i < 5; i++) {
      String alone = sample("--prompt", "Al", "--length", 90, "--seed", 7 + i);
      escaped |= alone.strip().contains("\n");
      assertEquals(alone.substring(0, alone.length() - 1).replace("\n", "\\n"), lines[i]);
    }
    assertTrue(escaped, "a line break within a text");
  }

  @Test
  void everyTextMatchesThePattern() {
    String pattern = "[AF][a-z]{3,8}( [a-z]+)?";
    String out = sample("--pattern", pattern, "--count", 300, "--length", 20, "--seed", 1);
    assertEquals(300, out.lines().filter(line -> line.matches(pattern)).count());
    assertEquals(300, out.lines().count());
    assertTrue(sample("--pattern", pattern, "--length", 12).strip().matches(pattern));
    String prompted = sample("--prompt", "Alle ", "--pattern", "[a-z]+", "--length", 5);
    assertTrue(prompted.matches("Alle [a-z]{1,5}\n"), "the prompt stands before it: " + prompted);
  }

  @Test
  void aPatternThatCannotBeHeldToIsExplained() {
    levin("sample", "--model", model, "--pattern", "[a-z]{9}", "--length", 8)
        .failed("shortest text", "9 symbols", "length is 8");
    levin("sample", "--model", model, "--pattern", "[0-9]+").failed("[0-9]+", "vocabulary");
    levin("sample", "--model", model, "--pattern", "(a)\\1").failed("back-reference");
  }

  @Test
  void everyTextIsOneOfTheLinesOfAFile() throws IOException {
    Path file = Files.writeString(folder.resolve("words.txt"), "alle\r\ngleichen\neinander\n\n");
    String out = sample("--one-of", file, "--count", 60, "--seed", 1);
    assertTrue(Set.of("alle", "gleichen", "einander").containsAll(out.lines().toList()), out);
    levin("sample", "--model", model, "--one-of", file, "--pattern", "a")
        .misused("--one-of", "--pattern");
    levin("sample", "--model", model, "--one-of", folder.resolve("none")).failed("none");
    Path empty = Files.writeString(folder.resolve("empty.txt"), "\n\n");
    levin("sample", "--model", model, "--one-of", empty).misused("--one-of", empty);
  }

  @Test
  void beamsFindTheBestTexts() throws IOException {
    try (SequenceModel loaded = SequenceModel.load(model)) {
      List<Hypothesis> found =
          loaded.beamSearch(
              "Al", Beam.of(7).best(3).lengthPenalty(0.5), GenerationOptions.defaults().length(12));
      String[] lines =
          sample(
                  "--prompt",
                  "Al",
                  "--beams",
                  7,
                  "--count",
                  3,
                  "--length-penalty",
                  0.5,
                  "--length",
                  12)
              .split("\n");
      for (int i = 0; i < 3; i++) {
        assertEquals("Al" + found.get(i).text().replace("\n", "\\n"), lines[i]);
      }
      assertEquals(
          "Al" + found.getFirst().text() + "\n",
          sample("--prompt", "Al", "--beams", 7, "--length-penalty", 0.5, "--length", 12));
    }
    levin("sample", "--model", model, "--beams", 2, "--count", 3).misused("--count", "--beams");
    levin("sample", "--model", model, "--beams", 2, "--length-penalty", -1)
        .misused("--length-penalty");
  }

  @Test
  void onATerminalCharactersAreColoredByTheirProbability() {
    Object[] sampling = {
      "sample",
      "--model",
      model,
      "--prompt",
      "Al",
      "--length",
      40,
      "--seed",
      3,
      "--show-probabilities"
    };
    String plain = levin(sampling).succeeded().out();
    assertEquals(sample("--prompt", "Al", "--length", 40, "--seed", 3), plain);
    String colored = Outcome.onTerminal(sampling).succeeded().out();
    assertTrue(
        colored.startsWith("Al\u001b[38;5;") || colored.startsWith("Al\u001b[48;5;"), colored);
    assertEquals(plain, colored.replaceAll("\u001b\\[[0-9;]*m", ""));
    levin("sample", "--model", model, "--show-probabilities", "--count", 2)
        .misused("--show-probabilities");
  }

  private static String sample(Object... more) {
    Object[] all = new Object[more.length + 3];
    all[0] = "sample";
    all[1] = "--model";
    all[2] = model;
    System.arraycopy(more, 0, all, 3, more.length);
    Outcome outcome = levin(all).succeeded();
    assertEquals("", outcome.err());
    return outcome.out();
  }
}

package org.levin.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.levin.cli.Outcome.levin;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.levin.SequenceModel;
import org.levin.sampling.Sampler;

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

package org.levin.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code --help} says. */
class HelpTest {
  @ParameterizedTest
  @CsvSource({
    "--layers, LSTM layers (2).",
    "--hidden, Units of each layer (512).",
    "--epochs, How often the text is read (5).",
    "--dropout, Probability of dropping a unit (0.5).",
    "--seed, The same seed gives the same model (42)."
  })
  void anOptionOfTrainingIsDescribedWithItsDefault(String option, String description) {
    assertTrue(line("train", option).endsWith(description), line("train", option));
  }

  @Test
  void theSeedOfASampleHasNoDefault() {
    String line = line("sample", "--seed");
    assertTrue(line.contains("The same seed gives the same text"), line);
    assertFalse(line.contains("42"), line);
  }

  private static String line(String command, String option) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8)) {
      assertEquals(0, Levin.run(new Console(out, out, false, false), command, "--help"));
    }
    return bytes
        .toString(StandardCharsets.UTF_8)
        .lines()
        .filter(line -> line.strip().startsWith(option + "="))
        .findFirst()
        .orElseThrow();
  }
}

package org.levin.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.levin.cli.Outcome.levin;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.levin.training.TrainingOptions;

class UsageTest {

  @ParameterizedTest
  @ValueSource(strings = {"train", "sample", "score", "encode", "info", "engines"})
  void everyCommandExplainsItself(String command) {
    for (String flag : new String[] {"--help", "-h"}) {
      Outcome outcome = levin(command, flag).succeeded();
      assertTrue(outcome.out().startsWith("Usage: levin " + command), outcome.out());
      assertEquals("", outcome.err());
    }
    assertTrue(levin("--help").succeeded().out().contains("\n  " + command + " "));
  }

  @Test
  void theHelpShowsEveryDefaultOfTheTrainerBehindItsMeaning() {
    String help = levin("train", "--help").out().replaceAll("\\s+", " ");
    var defaults = TrainingOptions.defaults().toMap();
    assertTrue(help.contains("LSTM layers (" + defaults.get("layers") + ")."), help);
    assertTrue(help.contains("How often the text is read (" + defaults.get("epochs") + ")."), help);
    assertTrue(help.contains("gives the same model (" + defaults.get("seed") + ")."), help);
    assertTrue(help.contains("dropping a unit (" + defaults.get("dropout") + ")."), help);
    assertTrue(help.contains("held out (" + defaults.get("validation") + ")."), help);
    assertTrue(help.contains("constant or cosine (" + defaults.get("schedule") + ")."), help);
    assertTrue(
        levin("sample", "--help")
            .out()
            .replaceAll("\\s+", " ")
            .contains("without it, each text differs"));
  }

  @Test
  void theVersionNamesTheJava() {
    String version = levin("--version").succeeded().out();
    assertTrue(version.startsWith("levin "), version);
    assertTrue(version.contains("(Java " + Runtime.version().feature()), version);
  }

  @Test
  void withoutACommandTheCommandsAreShown() {
    Outcome outcome = levin().misused("name a command");
    assertTrue(outcome.err().contains("engines"));
  }

  @Test
  void anUnknownCommandIsMisuse() {
    levin("trian").misused("trian");
  }

  @Test
  void anUnknownOptionIsMisuseAlsoWhereItResemblesAnother() {
    levin("train", "--bogus").misused("--bogus");
    Outcome outcome = levin("train", "--hiden", "8").misused("--hiden");
    assertTrue(outcome.err().contains("--hidden"), outcome.err());
  }

  @ParameterizedTest
  @CsvSource({
    "--layers, 0",
    "--hidden, -5",
    "--hidden, many",
    "--batch, 0",
    "--sequence, 0",
    "--epochs, 0",
    "--steps, 0",
    "--learning-rate, 0",
    "--learning-rate, NaN",
    "--schedule, linear",
    "--initialization, zero",
    "--dropout, 1",
    "--dropout, -0.1",
    "--clip-norm, 0",
    "--validation, 1",
    "--validate-every, 0",
    "--patience, 0",
    "--threads, 0",
    "--seed, 1.5",
  })
  void anOptionOfTrainingOutOfRangeNamesTheFlagAndTheValue(String flag, String value) {
    levin("train", "--text", "any.txt", flag, value).misused(flag, value);
  }

  @Test
  void patienceNeedsAValidation() {
    levin("train", "--text", "any.txt", "--patience", 1, "--validation", 0)
        .misused("--patience", "validation");
  }

  @Test
  void anOptionWithoutItsValueIsMisuse() {
    levin("train", "--text").misused("--text");
    levin("train", "--hidden").misused("--hidden");
  }
}

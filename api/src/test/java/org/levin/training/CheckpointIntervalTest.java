package org.levin.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CheckpointIntervalTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "never",
        "1",
        "100",
        "9223372036854775807",
        "1s",
        "90s",
        "5m",
        "59m",
        "1h",
        "1000h",
        "9223372036854775807s",
        "2562047788015215h"
      })
  void readsWhatItPrints(String text) {
    assertEquals(text, CheckpointInterval.parse(text).toString());
  }

  @ParameterizedTest
  @CsvSource({"60s,1m", "3600s,1h", "120m,2h", "0090s,90s", "007,7", "61m,61m", "3601s,3601s"})
  void printsTheLargestUnitThatDivides(String text, String printed) {
    assertEquals(printed, CheckpointInterval.parse(text).toString());
  }

  /** Whatever is accepted must be read again from a checkpoint. */
  @Test
  void everyIntervalIsReadFromWhatItPrints() {
    for (CheckpointInterval interval :
        List.of(
            CheckpointInterval.never(),
            CheckpointInterval.DEFAULT,
            CheckpointInterval.every(1),
            CheckpointInterval.every(Long.MAX_VALUE),
            CheckpointInterval.every(Duration.ofSeconds(1)),
            CheckpointInterval.every(Duration.ofDays(3)),
            CheckpointInterval.every(Duration.ofSeconds(Long.MAX_VALUE)))) {
      assertEquals(interval, CheckpointInterval.parse(interval.toString()));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "0",
        "0s",
        "0h",
        "-1",
        "+1",
        " 1",
        "1 ",
        "1.5",
        "1d",
        "s",
        "5 m",
        "5M",
        "Never",
        "m5",
        "9223372036854775808",
        "99999999999999999999999999",
        "9223372036854775807h",
        "\u0661"
      })
  void refusesAnotherText(String text) {
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> CheckpointInterval.parse(text));
    assertTrue(refused.getMessage().contains("checkpoint interval"), refused.getMessage());
  }

  @Test
  void refusesWhatNoIntervalIs() {
    assertRefused("at least 1", () -> CheckpointInterval.every(0));
    assertRefused("whole seconds", () -> CheckpointInterval.every(Duration.ZERO));
    assertRefused("whole seconds", () -> CheckpointInterval.every(Duration.ofMillis(1_500)));
    assertRefused("whole seconds", () -> CheckpointInterval.every(Duration.ofSeconds(-1)));
    assertRefused(
        "not in both",
        () -> new CheckpointInterval(OptionalLong.of(1), Optional.of(Duration.ofSeconds(1))));
  }

  private static void assertRefused(String said, Executable made) {
    IllegalArgumentException refused = assertThrows(IllegalArgumentException.class, made);
    assertTrue(refused.getMessage().contains(said), refused.getMessage());
  }

  @Test
  void isDueAfterSoManyStepsHoweverLongTheyTake() {
    CheckpointInterval third = CheckpointInterval.every(3);
    assertFalse(third.isDue(2, Duration.ofDays(1)));
    assertTrue(third.isDue(3, Duration.ZERO));
    assertTrue(third.isDue(4, Duration.ZERO));
  }

  @Test
  void isDueAfterSoMuchTimeHoweverManyStepsThereAre() {
    CheckpointInterval minute = CheckpointInterval.every(Duration.ofMinutes(1));
    assertFalse(minute.isDue(Long.MAX_VALUE, Duration.ofMillis(59_999)));
    assertTrue(minute.isDue(0, Duration.ofMinutes(1)));
  }

  @Test
  void neverIsNeverDue() {
    assertTrue(CheckpointInterval.never().isNever());
    assertFalse(CheckpointInterval.DEFAULT.isNever());
    assertFalse(CheckpointInterval.every(1).isNever());
    assertFalse(
        CheckpointInterval.never().isDue(Long.MAX_VALUE, Duration.ofSeconds(Long.MAX_VALUE)));
  }
}

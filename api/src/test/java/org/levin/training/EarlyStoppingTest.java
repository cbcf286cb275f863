package org.levin.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class EarlyStoppingTest {

  @Test
  void stopsAfterSoManyLossesInARowThatAreNotTheBest() {
    EarlyStopping stopping = new EarlyStopping(OptionalInt.of(2));
    assertEquals(
        List.of("2.0 best", "2.5", "1.9 best", "1.95", "1.92 stop"),
        tell(stopping, 2.0, 2.5, 1.9, 1.95, 1.92));
  }

  @Test
  void aLossAsGoodAsTheBestIsNoneBetter() {
    EarlyStopping stopping = new EarlyStopping(OptionalInt.of(1));
    assertEquals(List.of("2.0 best", "2.0 stop"), tell(stopping, 2.0, 2.0));
  }

  @Test
  void withoutPatienceItOnlyRemembersTheBest() {
    EarlyStopping stopping = new EarlyStopping(OptionalInt.empty());
    assertEquals(List.of("1.0 best", "9.0", "9.0", "0.5 best"), tell(stopping, 1.0, 9.0, 9.0, 0.5));
  }

  @Test
  void isNotExhaustedBeforeTheFirstLoss() {
    assertFalse(new EarlyStopping(OptionalInt.of(1)).exhausted());
  }

  @Test
  void aLossThatIsNoNumberIsNeverTheBest() {
    EarlyStopping stopping = new EarlyStopping(OptionalInt.of(3));
    assertEquals(
        List.of("NaN", "3.0 best", "NaN", "2.0 best"),
        tell(stopping, Double.NaN, 3.0, Double.NaN, 2.0));
    assertTrue(stopping.improves(1));
  }

  private static List<String> tell(EarlyStopping stopping, double... losses) {
    List<String> answers = new ArrayList<>();
    for (double loss : losses) {
      String best = stopping.improves(loss) ? " best" : "";
      answers.add(loss + best + (stopping.exhausted() ? " stop" : ""));
    }
    return answers;
  }
}

package org.levin.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LearningRateScheduleTest {

  @Test
  void constantChangesNothing() {
    for (long step : new long[] {1, 50, 100}) {
      assertEquals(1.0, LearningRateSchedule.CONSTANT.factor(step, 100));
    }
  }

  @Test
  void cosineFallsAlongHalfACosine() {
    LearningRateSchedule cosine = LearningRateSchedule.COSINE;
    assertEquals(1.0, cosine.factor(1, 4));
    assertEquals((1 + Math.sqrt(0.5)) / 2, cosine.factor(2, 4), 1e-15);
    assertEquals(0.5, cosine.factor(3, 4), 1e-15);
    assertEquals((1 - Math.sqrt(0.5)) / 2, cosine.factor(4, 4), 1e-15);
  }

  @ParameterizedTest
  @EnumSource
  void everyStepLearns(LearningRateSchedule schedule) {
    for (long steps : new long[] {1, 2, 6_985, 1_000_000_000L}) {
      double last = Double.POSITIVE_INFINITY;
      for (long step : new long[] {1, steps / 2, steps - 1, steps}) {
        double factor = schedule.factor(Math.max(1, step), steps);
        assertTrue(factor > 0 && factor <= Math.min(1, last), "step " + step + " of " + steps);
        last = factor;
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void isFoundByItsLabel(LearningRateSchedule schedule) {
    assertEquals(schedule, LearningRateSchedule.labelled(schedule.label()));
  }

  @Test
  void refusesAnUnknownLabelAndListsTheKnown() {
    for (String label : new String[] {"linear", "Cosine", ""}) {
      var refusal =
          assertThrows(IllegalArgumentException.class, () -> LearningRateSchedule.labelled(label));
      assertEquals(
          "schedule must be one of constant, cosine, but was \"" + label + "\"",
          refusal.getMessage());
    }
  }
}

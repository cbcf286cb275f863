package org.levin.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrainingListenerTest {
  private static final TrainingPlan PLAN = new TrainingPlan("cpu", 880, 5, 90, 10, 20, 4, 8);
  private static final StepMetrics STEP = new StepMetrics(3, 1, 2.5, 0.5, 1e-3, 1e6);
  private static final ValidationMetrics VALIDATION = new ValidationMetrics(4, 1, 2.5, 2.25, true);

  private final List<String> heard = new ArrayList<>();

  @Test
  void tellsTheFirstOneFirst() {
    tell(new Noting("a").and(new Noting("b")).and(TrainingListener.none()).and(new Noting("c")));
    assertEquals(
        List.of(
            "a " + PLAN,
            "b " + PLAN,
            "c " + PLAN,
            "a " + STEP,
            "b " + STEP,
            "c " + STEP,
            "a validating",
            "b validating",
            "c validating",
            "a " + VALIDATION,
            "b " + VALIDATION,
            "c " + VALIDATION),
        heard);
  }

  @Test
  void whatTheFirstOneThrowsKeepsTheNextFromHearing() {
    TrainingListener throwing =
        new TrainingListener() {
          @Override
          public void stepped(StepMetrics metrics) {
            throw new IllegalStateException("enough");
          }
        };
    TrainingListener both = throwing.and(new Noting("b"));
    assertThrows(IllegalStateException.class, () -> both.stepped(STEP));
    assertEquals(List.of(), heard);
  }

  @Test
  void aCancellationIsAskedForOnceAndForAll() {
    Cancellation cancellation = new Cancellation();
    assertFalse(cancellation.cancelled());
    cancellation.cancel();
    cancellation.cancel();
    assertTrue(cancellation.cancelled());
  }

  private static void tell(TrainingListener listener) {
    listener.started(PLAN);
    listener.stepped(STEP);
    listener.validating();
    listener.validated(VALIDATION);
  }

  /** Writes down under a name what it hears. */
  private final class Noting implements TrainingListener {
    private final String name;

    Noting(String name) {
      this.name = name;
    }

    @Override
    public void started(TrainingPlan plan) {
      heard.add(name + " " + plan);
    }

    @Override
    public void stepped(StepMetrics metrics) {
      heard.add(name + " " + metrics);
    }

    @Override
    public void validating() {
      heard.add(name + " validating");
    }

    @Override
    public void validated(ValidationMetrics metrics) {
      heard.add(name + " " + metrics);
    }
  }
}

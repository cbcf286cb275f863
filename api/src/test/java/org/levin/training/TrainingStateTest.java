package org.levin.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.levin.text.Source;

class TrainingStateTest {
  private static final String DIGEST = "a".repeat(64);
  private static final TrainingCorpus CORPUS =
      new TrainingCorpus(List.of(new Source("text", 9, DIGEST)), 9, 8, 1, "0123abcd", 4, DIGEST);
  private static final ValidationMetrics FIRST = new ValidationMetrics(3, 1, 2.5, 2.25, true);
  private static final ValidationMetrics WORSE = new ValidationMetrics(5, 1, 2.5, 2.25, false);
  private static final ValidationMetrics BETTER = new ValidationMetrics(6, 2, 2.5, 2, true);

  /** Epochs of 5 steps, 12 in all. */
  private static TrainingState state(
      long steps, long step, double loss, ValidationMetrics... validations) {
    return new TrainingState(
        TrainingOptions.builder().epochs(4).steps(12).build(),
        CORPUS,
        "batcher",
        3,
        5,
        steps,
        step,
        loss,
        List.of(validations),
        Optional.of(DIGEST),
        List.of("cpu 1"),
        CheckpointInterval.DEFAULT);
  }

  @Test
  void knowsItsLastValidation() {
    assertEquals(Optional.empty(), state(12, 1, 1).lastValidation());
    assertEquals(Optional.of(BETTER), state(12, 6, 1, FIRST, WORSE, BETTER).lastValidation());
  }

  @Test
  void aStepIsOneOfThoseInAll() {
    state(12, 1, 1);
    state(12, 12, 1);
    assertRefused("step must be at least 1, but was 0", () -> state(12, 0, 1));
    assertRefused("step 13 is behind the last of 12", () -> state(12, 13, 1));
  }

  @Test
  void theStepsInAllAreThoseOfTheOptions() {
    assertRefused("steps must be 12, but was 13", () -> state(13, 1, 1));
    assertRefused("steps must be 12, but was 11", () -> state(11, 1, 1));
  }

  @Test
  void lossesAreFinite() {
    assertRefused("trainingLoss must be a finite number", () -> state(12, 1, Double.NaN));
    assertRefused(
        "loss must be a finite number",
        () -> state(12, 6, 1, new ValidationMetrics(3, 1, 1, Double.POSITIVE_INFINITY, true)));
    assertRefused(
        "trainingLoss must be a finite number",
        () -> state(12, 6, 1, new ValidationMetrics(3, 1, Double.NaN, 1, true)));
  }

  @Test
  void validationsFollowOneAnotherUpToTheStep() {
    assertRefused(
        "a validation after step 5 cannot follow one after step 6 of 6",
        () -> state(12, 6, 1, FIRST, BETTER, WORSE));
    assertRefused(
        "a validation after step 6 cannot follow one after step 5 of 5",
        () -> state(12, 5, 1, FIRST, WORSE, BETTER));
    assertRefused("cannot follow", () -> state(12, 5, 1, FIRST, FIRST));
  }

  @Test
  void theBestIsBetterThanAllBefore() {
    assertRefused(
        "the validation after step 5 is said to be better than all before it",
        () -> state(12, 6, 1, FIRST, new ValidationMetrics(5, 1, 2.5, 2.25, true)));
    assertRefused(
        "the validation after step 3 is said to be worse than one before it",
        () -> state(12, 6, 1, new ValidationMetrics(3, 1, 2.5, 2.25, false)));
  }

  @Test
  void rowsEpochsEnginesAndDigestAreChecked() {
    assertRefused("rows must be at least 1", () -> other(0, 5, DIGEST, List.of("cpu 1")));
    assertRefused("stepsPerEpoch must be at least 1", () -> other(3, 0, DIGEST, List.of("cpu 1")));
    assertRefused("start must be 64", () -> other(3, 5, "A".repeat(64), List.of("cpu 1")));
    assertRefused("an engine must have computed", () -> other(3, 5, DIGEST, List.of()));
  }

  private static TrainingState other(
      int rows, long stepsPerEpoch, String start, List<String> engines) {
    return new TrainingState(
        TrainingOptions.builder().epochs(4).steps(12).build(),
        CORPUS,
        "batcher",
        rows,
        stepsPerEpoch,
        12,
        1,
        1,
        List.of(),
        Optional.of(start),
        engines,
        CheckpointInterval.DEFAULT);
  }

  @Test
  void takesCopiesOfItsLists() {
    List<ValidationMetrics> validations = new ArrayList<>(List.of(FIRST));
    List<String> engines = new ArrayList<>(List.of("cpu 1"));
    TrainingState state =
        new TrainingState(
            TrainingOptions.builder().epochs(4).steps(12).build(),
            CORPUS,
            "batcher",
            3,
            5,
            12,
            3,
            1,
            validations,
            Optional.empty(),
            engines,
            CheckpointInterval.DEFAULT);
    validations.clear();
    engines.clear();
    assertEquals(List.of(FIRST), state.validations());
    assertEquals(List.of("cpu 1"), state.engines());
  }

  private static void assertRefused(String said, Executable made) {
    IllegalArgumentException refused = assertThrows(IllegalArgumentException.class, made);
    assertTrue(refused.getMessage().contains(said), refused.getMessage());
  }
}

package org.levin.tuning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.levin.tuning.space.Configuration;
import org.levin.tuning.trial.Measurement;
import org.levin.tuning.trial.Objective;
import org.levin.tuning.trial.Result;
import org.levin.tuning.trial.Trial;

class ParetoFrontTest {
  private static final List<Objective> BOTH = List.of(Objective.LOSS, Objective.PARAMETERS);

  private static Trial trial(int number, long steps, double loss, long parameters) {
    return Trial.of(number, new Configuration(Map.of("n", number)))
        .with(
            Result.of(
                steps, new Measurement(loss, OptionalLong.of(parameters), OptionalDouble.empty())));
  }

  private static final Trial LARGE = trial(1, 9, 1.00, 1_000);
  private static final Trial MIDDLE = trial(2, 9, 1.009, 500);
  private static final Trial SMALL = trial(3, 9, 1.5, 100);
  private static final Trial WORSE_THAN_MIDDLE = trial(4, 9, 1.01, 501);
  private static final Trial ENDED_EARLY = trial(5, 3, 0.5, 10);
  private static final Trial FAILED =
      Trial.of(6, new Configuration(Map.of())).with(Result.failed(9, "diverged"));
  private static final List<Trial> ALL =
      List.of(SMALL, WORSE_THAN_MIDDLE, ENDED_EARLY, LARGE, FAILED, MIDDLE);

  @Test
  void holdsWhatNothingBeatsInEverythingTheLeastLossFirst() {
    assertEquals(List.of(LARGE, MIDDLE, SMALL), ParetoFront.of(ALL, BOTH).trials());
  }

  @Test
  void withTheLossAloneItIsTheBest() {
    assertEquals(List.of(LARGE), ParetoFront.of(ALL, List.of(Objective.LOSS)).trials());
  }

  @Test
  void choosesTheSmallestWithinSoMuchOfTheBest() {
    ParetoFront front = ParetoFront.of(ALL, BOTH);
    assertEquals(Optional.of(LARGE), front.leastWithin(Objective.PARAMETERS, 0));
    assertEquals(Optional.of(MIDDLE), front.leastWithin(Objective.PARAMETERS, 0.01));
    assertEquals(Optional.of(SMALL), front.leastWithin(Objective.PARAMETERS, 0.5));
    assertThrows(
        IllegalArgumentException.class, () -> front.leastWithin(Objective.PARAMETERS, -0.1));
  }

  @Test
  void isEmptyWhereNothingWasMeasured() {
    ParetoFront front = ParetoFront.of(List.of(FAILED), BOTH);
    assertEquals(List.of(), front.trials());
    assertEquals(Optional.empty(), front.leastWithin(Objective.PARAMETERS, 0.01));
  }

  @Test
  void wantsEveryObjectiveMeasured() {
    assertThrows(
        IllegalArgumentException.class,
        () -> ParetoFront.of(ALL, List.of(Objective.LOSS, Objective.TIME)));
  }
}

package org.levin.engine.cuda.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.levin.engine.cuda.driver.TimedDriver.Timed;
import org.levin.engine.cuda.kernel.Precision;

class StepLaunchesTest {
  @ParameterizedTest
  @EnumSource
  void everyLaunchOfAStepHasALimitAndTakesLonger(Precision precision) throws IOException {
    List<Timed> launches = StepLaunches.of(precision);
    for (Timed timed : launches) {
      LaunchCost cost = LaunchCost.of(timed).orElseThrow(() -> new AssertionError(timed.name()));
      double least = cost.seconds(timed.name(), StepLaunches.PEAKS);
      assertTrue(least > 0, timed.name());
      assertTrue(Reckoning.seconds(timed, StepLaunches.PEAKS) > least, timed.name());
    }
    long together = launches.stream().filter(timed -> timed.name().startsWith("recurrent")).count();
    assertEquals(4, together, "each layer goes through all steps in one launch, there and back");
  }
}

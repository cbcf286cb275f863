package org.levin.tuning.comparison;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.levin.tuning.comparison.Comparison.Contestant;
import org.levin.tuning.strategy.GeneticStrategy;
import org.levin.tuning.strategy.RandomStrategy;
import org.levin.tuning.strategy.Strategy;

/** Strategies on a table of 504 trained models; see {@link MakeTable}. */
class StrategiesTest {
  static final Path TABLE = Path.of("src/test/resources/org/levin/tuning/comparison/anna.csv");
  private static final Strategy GENETIC = GeneticStrategy.defaults();
  private static final Strategy RANDOM = new RandomStrategy(9);
  private static final int HALVING = 4;

  private static Table table;

  @BeforeAll
  static void read() throws IOException {
    table = Table.read(TABLE);
    assertEquals(504, table.losses().size());
  }

  @Test
  void theDefaultFindsBetterModelsThanRandomSearchWithTwiceTheWork() {
    for (int trainings : new int[] {6, 8, 12, 16, 24}) {
      Comparison comparison =
          Comparison.of(
              table,
              new Contestant("halving", GENETIC, HALVING, trainings),
              new Contestant("random", RANDOM, 1, 2 * trainings));
      assertTrue(comparison.chance() < 0.05, trainings + " trainings: " + comparison.chance());
      assertTrue(comparison.worse() < 0, trainings + " trainings: " + comparison.worse());
    }
  }

  @Test
  void endingBadTrialsEarlyIsWorthThreeTimesTheWork() {
    for (int trainings : new int[] {16, 24, 36}) {
      Comparison comparison =
          Comparison.of(
              table,
              new Contestant("halving", GENETIC, HALVING, trainings / 3.0),
              new Contestant("genetic", GENETIC, 1, trainings));
      assertTrue(comparison.worse() <= 0.005, trainings + " trainings: " + comparison.worse());
    }
  }

  @Test
  void breedingBeatsChanceAtTheSameRungs() {
    Comparison comparison =
        Comparison.of(
            table,
            new Contestant("halving", GENETIC, HALVING, 8),
            new Contestant("random", RANDOM, HALVING, 8));
    assertTrue(comparison.chance() < 0.05, "chance " + comparison.chance());
  }
}

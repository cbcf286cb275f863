package org.levin.tuning.insight;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.levin.tuning.Studies;
import org.levin.tuning.insight.Importance.Share;
import org.levin.tuning.journal.StudyHeader;
import org.levin.tuning.journal.StudyRecord;
import org.levin.tuning.space.Configuration;
import org.levin.tuning.space.SearchSpace;
import org.levin.tuning.trial.Result;

class ImportanceTest {
  private static final SearchSpace SPACE =
      SearchSpace.parse(Studies.HEADER.space().toArray(String[]::new));

  /**
   * Trials at random, of which every third goes on to a second rung, and every ninth to a third.
   */
  private static StudyRecord study(int count, int seed, ToDoubleFunction<Configuration> loss) {
    return study(Studies.HEADER, count, seed, loss);
  }

  private static StudyRecord study(
      StudyHeader header, int count, int seed, ToDoubleFunction<Configuration> loss) {
    Random random = new Random(seed);
    Studies study = Studies.of(header);
    for (int i = 0; i < count; i++) {
      Configuration configuration = SPACE.at(random.doubles(SPACE.parameters().size()).toArray());
      double noise = 0.02 * random.nextGaussian();
      double base = loss.applyAsDouble(configuration) + noise;
      int rungs = i % 9 == 0 ? 3 : i % 3 == 0 ? 2 : 1;
      Result[] results = new Result[rungs];
      for (int rung = 0; rung < rungs; rung++) {
        long steps = header.rungs().steps().get(rung);
        results[rung] = Studies.loss(steps, base + 20.0 / steps);
      }
      study.trial(configuration, results);
    }
    return study.record();
  }

  private static double number(Configuration configuration, String name) {
    return configuration.value(name).map(value -> ((Number) value).doubleValue()).orElse(-1.0);
  }

  private static Share share(Importance importance, String name) {
    return importance.shares().stream()
        .filter(each -> each.parameter().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static double bowl(Configuration configuration) {
    double off = Math.log10(number(configuration, "learningRate")) + 2;
    return 2 + off * off;
  }

  @ParameterizedTest
  @ValueSource(ints = {30, 101, 400})
  void findsTheOneParameterThatDecidesTheLoss(int count) {
    for (int seed = 0; seed < 2; seed++) {
      Importance importance = Importance.of(study(count, seed, ImportanceTest::bowl)).orElseThrow();
      assertEquals("learningRate", importance.shares().getFirst().parameter());
      assertTrue(importance.shares().getFirst().share() > 0.8, importance::toString);
      for (Share other : importance.shares().subList(1, 4)) {
        assertTrue(other.share() < 0.05, importance::toString);
      }
      assertTrue(importance.explained() > 0.5, importance::toString);
      assertEquals(count, importance.trials());
      assertEquals(1, importance.shares().stream().mapToDouble(Share::share).sum(), 1e-12);
    }
  }

  @Test
  void findsAText() {
    Importance importance =
        Importance.of(
                study(
                    40, 7, trial -> trial.value("schedule").orElseThrow().equals("cosine") ? 1 : 2))
            .orElseThrow();
    assertTrue(share(importance, "schedule").share() > 0.95, importance::toString);
    assertEquals(Optional.empty(), share(importance, "schedule").trend());
  }

  @Test
  void findsAParameterThatOnlySometimesCounts() {
    Importance importance =
        Importance.of(study(120, 3, trial -> 2 + 2 * Math.max(0, number(trial, "dropout"))))
            .orElseThrow();
    assertEquals("dropout", importance.shares().getFirst().parameter());
    assertTrue(share(importance, "dropout").share() > 0.8, importance::toString);
    Importance.Trend trend = share(importance, "dropout").trend().orElseThrow();
    assertTrue(trend.isClear() && trend.correlation() > 0.8, trend::toString);
    assertTrue(trend.trials() < 120 && trend.steps() == 10, trend::toString);
  }

  @Test
  void dividesByWhatTheyDid() {
    // Variances of 4 u and 2 v for u, v over [0,1) are as 4 to 1.
    Importance importance =
        Importance.of(
                study(
                    500,
                    1,
                    trial -> {
                      double[] point = SPACE.pointOf(trial);
                      return 4 * point[2] + (point[1] < 0.5 ? 2 / Math.sqrt(3) : 0);
                    }))
            .orElseThrow();
    assertEquals(0.8, share(importance, "learningRate").share(), 0.06);
    assertEquals(0.2, share(importance, "schedule").share(), 0.06);
  }

  @Test
  void aTrainingThatDivergedDoesNotHideTheOthers() {
    StudyRecord study =
        study(60, 5, trial -> number(trial, "learningRate") > 0.08 ? 1e6 : number(trial, "layers"));
    Importance importance = Importance.of(study).orElseThrow();
    assertTrue(share(importance, "layers").share() > 0.3, importance::toString);
  }

  @Test
  void isTheSameForTheSameStudy() {
    StudyRecord study = study(25, 2, ImportanceTest::bowl);
    assertEquals(Importance.of(study), Importance.of(study));
  }

  @Test
  void saysWhenChanceIsAllThereIs() {
    Importance importance = Importance.of(study(30, 4, trial -> 2)).orElseThrow();
    assertTrue(importance.explained() <= 0.1, importance::toString);
    assertTrue(
        importance.shares().stream()
            .flatMap(each -> each.trend().stream())
            .noneMatch(Importance.Trend::isClear),
        importance::toString);
  }

  @Test
  void nothingMattersWhereAllLossesAreTheSame() {
    Studies study = Studies.of();
    for (int i = 0; i < 9; i++) {
      study.trial(Studies.one("cosine", 0.001 * (i + 1)), Studies.loss(10, 2));
    }
    Importance importance = Importance.of(study.record()).orElseThrow();
    assertEquals(0, importance.explained());
    for (Share each : importance.shares()) {
      assertEquals(0, each.share());
      assertEquals(Optional.empty(), each.trend());
    }
    assertEquals(
        """
        9 trials, which show chance only
        layers          0 %
        schedule        0 %
        learningRate    0 %
        """,
        importance.toText(60));
  }

  @Test
  void saysNothingOfAFewTrials() {
    Studies study = Studies.of();
    assertEquals(Optional.empty(), Importance.of(study.record()));
    for (int i = 0; i < 7; i++) {
      study.trial(Studies.one("cosine", 0.001 * (i + 1)), Studies.loss(10, 2 + i));
    }
    study.trial(Studies.one("cosine", 0.5), Result.failed(10, "the loss is NaN"));
    study.trial(Studies.one("cosine", 0.6));
    assertEquals(Optional.empty(), Importance.of(study.record()));
    study.trial(Studies.one("cosine", 0.7), Studies.loss(10, 9));
    assertTrue(Importance.of(study.record()).isPresent());
  }

  @Test
  void readsASpaceWithARequirementInAUsersOwnWords() {
    StudyHeader header =
        new StudyHeader(
            List.of("layers=1..3", "layers=1 needs a good reason", "no dropout == no fun"),
            Map.of(),
            "random",
            1,
            Studies.HEADER.rungs(),
            Studies.HEADER.objectives(),
            Studies.HEADER.evaluation(),
            Optional.empty());
    StudyRecord study = study(header, 30, 1, trial -> number(trial, "layers"));
    Importance importance = Importance.of(study).orElseThrow();
    assertEquals("layers", importance.shares().getFirst().parameter());
    assertEquals(
        List.of("layers", "schedule", "learningRate", "dropout"),
        List.of("layers", "schedule", "learningRate", "dropout").stream()
            .filter(study.parameterNames()::contains)
            .toList());
  }

  @Test
  void drawsBarsOfTheWidthThatIsThere() {
    Importance importance =
        new Importance(
            List.of(
                new Share("learningRate", 0.75, Optional.of(new Importance.Trend(-0.8, 40, 10))),
                new Share("dropout", 0.25, Optional.of(new Importance.Trend(0.1, 40, 10))),
                new Share("schedule", 0, Optional.empty())),
            40,
            0.625);
    assertEquals(
        """
        40 trials, 63 % explained
        learningRate   75 % more is better ██████
        dropout        25 %                ██
        schedule        0 %
        """,
        importance.toText(43));
    assertThrows(IllegalArgumentException.class, () -> importance.toText(39));
  }

  @Test
  void ranksShareTheMeanOfEqualValues() {
    assertEquals(
        List.of(3.0, 0.0, 1.5, 1.5),
        java.util.Arrays.stream(Trends.ranks(List.of(9.0, -1.0, 4.0, 4.0))).boxed().toList());
  }
}

package org.levin.tuning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.levin.text.Source;
import org.levin.training.TrainingCorpus;
import org.levin.training.TrainingOptions;
import org.levin.tuning.space.Configuration;
import org.levin.tuning.space.Cost;
import org.levin.tuning.space.Requirement;
import org.levin.tuning.space.SearchSpace;
import org.levin.tuning.strategy.GeneticStrategy;
import org.levin.tuning.strategy.RandomStrategy;
import org.levin.tuning.strategy.Rungs;
import org.levin.tuning.strategy.Strategy;
import org.levin.tuning.trial.Measurement;
import org.levin.tuning.trial.Objective;
import org.levin.tuning.trial.Trial;

/** A study that is asked and told, with a loss that takes no time. */
class StudyTest {
  private static final StudyLimits LIMITS = StudyLimits.none().trials(20);

  private static List<Trial> trials(
      StudyPlan plan, StudyLimits limits, ToDoubleFunction<Assignment> loss) {
    Study study = Study.begin(plan, limits);
    Synthetic.run(study, loss);
    return study.trials();
  }

  @Test
  void theSameIsTriedAndComesOutInWhateverOrderItIsTold() {
    for (ToDoubleFunction<Assignment> loss :
        List.<ToDoubleFunction<Assignment>>of(
            Synthetic::loss, StudyTest::oftenNaN, assignment -> 1)) {
      List<Trial> expected = trials(Synthetic.plan(5), LIMITS, loss);
      assertEquals(20, expected.size());
      for (int seed = 0; seed < 40; seed++) {
        Study study = Study.begin(Synthetic.plan(5), LIMITS);
        Synthetic.runInAnyOrder(study, loss, new Random(seed));
        assertEquals(expected, study.trials(), "order " + seed);
      }
    }
  }

  private static double oftenNaN(Assignment assignment) {
    double loss = Synthetic.loss(assignment);
    return assignment.configuration().hashCode() % 3 == 0 ? Double.NaN : loss;
  }

  @Test
  void anotherSeedTriesSomethingElse() {
    assertFalse(
        trials(Synthetic.plan(5), LIMITS, Synthetic::loss)
            .equals(trials(Synthetic.plan(6), LIMITS, Synthetic::loss)));
  }

  @Test
  void manyThreadsComeToWhatOneComesTo() throws Exception {
    List<Trial> expected = trials(Synthetic.plan(7), LIMITS, Synthetic::loss);
    Study study = Study.begin(Synthetic.plan(7), LIMITS);
    try (ExecutorService pool = Executors.newFixedThreadPool(4)) {
      Callable<Void> worker =
          () -> {
            while (!study.isOver()) {
              study.ask().ifPresent(next -> study.tell(next, Synthetic.loss(next)));
            }
            return null;
          };
      for (Future<Void> each : pool.invokeAll(List.of(worker, worker, worker, worker))) {
        each.get();
      }
    }
    assertEquals(expected, study.trials());
  }

  @Test
  void aWholeGroupCanBeAskedForBeforeOneIsTold() {
    Study study = Study.begin(Synthetic.plan(1), LIMITS);
    List<Assignment> out = new ArrayList<>();
    assertEquals(4, study.assignable());
    for (Optional<Assignment> next = study.ask(); next.isPresent(); next = study.ask()) {
      out.add(next.get());
    }
    assertEquals(Set.of(1, 2, 3, 4), numbers(out));
    for (Assignment one : out) {
      assertEquals(0, one.from());
      assertEquals(1, one.to());
      assertTrue(study.ask().isEmpty());
      assertFalse(study.isOver());
      study.tell(one, one.trial());
    }
    assertEquals(
        Set.of(1, 2), numbers(List.of(study.ask().orElseThrow(), study.ask().orElseThrow())));
    assertTrue(study.ask().isEmpty());
    assertEquals(2, study.assignable());
    assertEquals(4 + 2 * 2, study.steps());
  }

  private static Set<Integer> numbers(List<Assignment> assignments) {
    return assignments.stream().map(Assignment::trial).collect(Collectors.toSet());
  }

  @Test
  void onlyWhatIsOutCanBeToldOrGivenBack() {
    Study study = Study.begin(Synthetic.plan(1), LIMITS);
    Assignment first = study.ask().orElseThrow();
    Assignment longer = new Assignment(first.trial(), first.configuration(), 0, 9);
    Assignment waiting =
        new Assignment(first.trial() % 4 + 1, first.configuration(), 0, first.to());
    List<Trial> before = study.trials();
    for (Assignment foreign :
        List.of(longer, waiting, new Assignment(99, first.configuration(), 0, 1))) {
      assertThrows(IllegalArgumentException.class, () -> study.tell(foreign, 1));
      assertThrows(IllegalArgumentException.class, () -> study.fail(foreign, "why", 0));
      assertThrows(IllegalArgumentException.class, () -> study.giveBack(foreign));
    }
    assertEquals(before, study.trials());
    study.tell(first, 1);
    String message =
        assertThrows(IllegalArgumentException.class, () -> study.tell(first, 2)).getMessage();
    assertEquals(
        "trial %d to step 1 was not asked for, or was told before".formatted(first.trial()),
        message);
    assertThrows(IllegalArgumentException.class, () -> study.giveBack(first));
    assertEquals(1, study.trials().get(first.trial() - 1).measurement().orElseThrow().loss());
  }

  @Test
  void whatIsGivenBackIsAskedForAgain() {
    Study study = Study.begin(Synthetic.plan(1), LIMITS);
    Assignment first = study.ask().orElseThrow();
    study.giveBack(first);
    assertEquals(4, study.assignable());
    assertEquals(first, study.ask().orElseThrow());
  }

  @Test
  void aTimeOrResultThatCannotBeIsRefusedAndTheTrialStaysOut() {
    Study study = Study.begin(Synthetic.plan(1).objectives(Objective.PARAMETERS), LIMITS);
    Assignment first = study.ask().orElseThrow();
    assertThrows(IllegalArgumentException.class, () -> study.tell(first, Measurement.of(1), -1));
    assertThrows(IllegalArgumentException.class, () -> study.fail(first, "why", Double.NaN));
    String message =
        assertThrows(IllegalArgumentException.class, () -> study.tell(first, 1.5)).getMessage();
    assertEquals("parameters was not measured", message);
    study.giveBack(first);
  }

  @Test
  void aLossThatIsNoNumberIsAFailureAndTheWorst() {
    for (double loss :
        new double[] {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY}) {
      Study study = Study.begin(Synthetic.plan(1), StudyLimits.none().trials(4));
      Synthetic.run(study, one -> one.trial() == 2 ? 5 : loss);
      assertEquals(2, study.best().orElseThrow().number());
      assertEquals(9, study.trials().get(1).steps());
      for (int number : new int[] {1, 3, 4}) {
        Trial trial = study.trials().get(number - 1);
        assertEquals("the loss is " + loss, trial.failure().orElseThrow());
        assertEquals(1, trial.steps());
      }
    }
  }

  @Test
  void aStudyOfFailuresGoesOnToItsEnd() {
    for (Strategy strategy : List.of(new GeneticStrategy(4, 2), new RandomStrategy(4))) {
      Study study = Study.begin(Synthetic.plan(1).with(strategy), LIMITS);
      Synthetic.run(study, one -> Double.NaN);
      assertEquals(20, study.trials().size());
      assertTrue(study.best().isEmpty());
    }
  }

  @Test
  void theBestIsTheLeastLossOfThoseTrainedLongest() {
    Study study = Study.begin(Synthetic.plan(1), StudyLimits.none().trials(4));
    assertTrue(study.best().isEmpty());
    Synthetic.run(study, one -> one.to() == 1 ? one.trial() : 100 - one.trial());
    Trial best = study.best().orElseThrow();
    assertEquals(2, best.number());
    assertEquals(9, best.steps());
    assertEquals(98, best.measurement().orElseThrow().loss());
    assertEquals(List.of(3L, 9L, 1L, 1L), study.trials().stream().map(Trial::steps).toList());
  }

  static List<Strategy> strategies() {
    return List.of(
        new GeneticStrategy(4, 2),
        GeneticStrategy.defaults(),
        new GeneticStrategy(1, 2),
        new RandomStrategy(4),
        new RandomStrategy(1));
  }

  @ParameterizedTest
  @MethodSource("strategies")
  void aTinySpaceIsTriedToItsEndAndNothingTwice(Strategy strategy) {
    for (SearchSpace space :
        List.of(
            SearchSpace.parse("layers=1..3", "schedule=constant|cosine", "dropout=0"),
            SearchSpace.parse("layers=1..2", "hidden=1..5 if layers=2"),
            SearchSpace.parse("layers=1..6 log"),
            SearchSpace.parse(
                "layers=1|2|3",
                "batch=1|2 if layers=1",
                "seed=1..2 if batch=2",
                "sequence=5|6 if layers=3"))) {
      Study tiny = Study.begin(plan(space, strategy, Optional.empty()), StudyLimits.none());
      Synthetic.run(tiny, one -> one.configuration().hashCode());
      Set<Configuration> tried =
          tiny.trials().stream().map(Trial::configuration).collect(Collectors.toSet());
      assertEquals(tiny.trials().size(), tried.size(), tiny.trials()::toString);
      assertEquals(6, tried.size(), tiny.trials()::toString);
    }
  }

  @ParameterizedTest
  @MethodSource("strategies")
  void nothingIsProposedTwiceAndAllLiesInTheSpace(Strategy strategy) {
    List<Trial> trials =
        trials(Synthetic.plan(2).with(strategy), StudyLimits.none().trials(60), Synthetic::loss);
    assertEquals(60, new HashSet<>(trials.stream().map(Trial::configuration).toList()).size());
    assertEquals(
        IntStream.rangeClosed(1, 60).boxed().toList(), trials.stream().map(Trial::number).toList());
    boolean one = false;
    boolean more = false;
    for (Trial trial : trials) {
      Synthetic.SPACE.pointOf(trial.configuration());
      boolean deep = trial.configuration().value("dropout").isPresent();
      assertEquals(!trial.configuration().value("layers").orElseThrow().equals(1L), deep);
      one |= !deep;
      more |= deep;
    }
    assertTrue(one && more);
  }

  @ParameterizedTest
  @MethodSource("strategies")
  void requirementsAreAlwaysKept(Strategy strategy) {
    SearchSpace space = Synthetic.SPACE.with("layers=1..4", "parameters<=40000", "memory<=30MB");
    StudyPlan plan = plan(space, strategy, Optional.of(corpus()));
    List<Trial> trials = trials(plan, StudyLimits.none().trials(40), Synthetic::loss);
    assertEquals(40, trials.size());
    for (Trial trial : trials) {
      TrainingOptions options = trial.configuration().applyTo(plan.base());
      assertTrue(options.architecture().parameterCount(65) <= 40_000, trial::toString);
      assertTrue(Cost.bytes(options, 65) <= 30 << 20, trial::toString);
    }
  }

  @Test
  void whatTakesLongestIsAskedForFirst() {
    StudyPlan plan =
        plan(
            SearchSpace.parse("hiddenSize=8..512/8", "batchSize=8..64/8"),
            new GeneticStrategy(30, 4),
            Optional.of(corpus()));
    Study study = Study.begin(plan, StudyLimits.none().trials(30));
    double before = Double.POSITIVE_INFINITY;
    for (Optional<Assignment> next = study.ask(); next.isPresent(); next = study.ask()) {
      double work = Cost.operationsAStep(next.get().configuration().applyTo(plan.base()), 65);
      assertTrue(work <= before, next::toString);
      before = work;
    }
    assertTrue(Double.isFinite(before));
  }

  private static StudyPlan plan(
      SearchSpace space, Strategy strategy, Optional<TrainingCorpus> text) {
    StudyPlan some = Synthetic.plan(3);
    return new StudyPlan(
        space,
        some.base().toBuilder().batchSize(16).sequenceLength(20).build(),
        strategy,
        some.rungs(),
        some.objectives(),
        some.evaluation(),
        some.seed(),
        text);
  }

  private static TrainingCorpus corpus() {
    String digest = "0123456789abcdef".repeat(4);
    return new TrainingCorpus(
        List.of(new Source("text", 9, digest)), 1_000, 900, 100, "01234567", 65, digest);
  }

  @Test
  void requirementsThatNothingKeepsToAreAnError() {
    SearchSpace space = Synthetic.SPACE.require(Requirement.of("impossible", one -> false));
    for (Strategy strategy : strategies()) {
      StudyPlan plan = plan(space, strategy, Optional.empty());
      IllegalArgumentException refused =
          assertThrows(IllegalArgumentException.class, () -> Study.begin(plan, StudyLimits.none()));
      assertTrue(refused.getMessage().contains("impossible"), refused.getMessage());
    }
  }

  @Test
  void severalObjectivesAreSearchedTogether() {
    StudyPlan plan = Synthetic.plan(4).objectives(Objective.PARAMETERS, Objective.TIME);
    Study study = Study.begin(plan, StudyLimits.none().trials(40));
    while (!study.isOver()) {
      Assignment next = study.ask().orElseThrow();
      long hidden = (Long) next.configuration().value("hiddenSize").orElseThrow();
      study.tell(
          next,
          new Measurement(
              Synthetic.loss(next), OptionalLong.of(hidden), OptionalDouble.of(1.0 / hidden)),
          0.5);
    }
    assertEquals(40, study.trials().size());
  }

  @Test
  void theGeneticStrategyBeatsChanceOnASmoothLoss() {
    Rungs whole = Rungs.whole(9);
    List<Double> genetic = new ArrayList<>();
    List<Double> chance = new ArrayList<>();
    for (int seed = 0; seed < 20; seed++) {
      StudyPlan plan = Synthetic.plan(seed).with(whole);
      genetic.add(best(plan.with(GeneticStrategy.defaults())));
      chance.add(best(plan.with(new RandomStrategy(9))));
    }
    double optimum = Synthetic.loss(OPTIMUM, 9);
    double above = median(genetic) - optimum;
    double chanceAbove = median(chance) - optimum;
    assertTrue(above < 0.7 * chanceAbove, above + " above the optimum, by chance " + chanceAbove);
  }

  private static final Configuration OPTIMUM =
      new Configuration(
          Map.of(
              "layers",
              2,
              "hiddenSize",
              144,
              "learningRate",
              0.004467,
              "dropout",
              0.2,
              "schedule",
              "cosine"));

  private static double best(StudyPlan plan) {
    Study study = Study.begin(plan, StudyLimits.none().trials(60));
    Synthetic.run(study, Synthetic::loss);
    return study.best().orElseThrow().measurement().orElseThrow().loss();
  }

  private static double median(List<Double> values) {
    return values.stream().sorted().toList().get(values.size() / 2);
  }
}

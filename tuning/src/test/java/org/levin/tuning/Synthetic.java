package org.levin.tuning;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import org.levin.tuning.space.Configuration;
import org.levin.tuning.space.SearchSpace;
import org.levin.tuning.strategy.GeneticStrategy;
import org.levin.tuning.strategy.Rungs;

/** Studies of a made-up loss, which takes no time, and who runs them. */
final class Synthetic {
  static final SearchSpace SPACE =
      SearchSpace.parse(
          "layers=1..4",
          "hiddenSize=16..256/16 log",
          "learningRate=1e-4..1e-1 log",
          "dropout=0..0.5 if layers=2|3|4",
          "schedule=constant|cosine");

  private Synthetic() {}

  static StudyPlan plan(long seed) {
    return StudyPlan.of(SPACE, 9)
        .with(new GeneticStrategy(4, 2))
        .with(new Rungs(List.of(1L, 3L, 9L), 0.5))
        .seed(seed);
  }

  /** A bowl over the places of the parameters, which shows better the longer it is trained. */
  static double loss(Assignment assignment) {
    return loss(assignment.configuration(), assignment.to());
  }

  /** Where nothing tells what the next rung brings. */
  static double rugged(Assignment assignment) {
    long seed = assignment.configuration().hashCode() * 31L + assignment.to();
    double chance = new Random(seed).nextDouble();
    return chance < 0.1 ? Double.NaN : chance;
  }

  static double loss(Configuration one, long steps) {
    double rate = Math.log10((Double) one.value("learningRate").orElseThrow()) + 2.3;
    double size = Math.log((Long) one.value("hiddenSize").orElseThrow() / 150.0);
    double layers = (Long) one.value("layers").orElseThrow() - 2.0;
    double dropout = (Double) one.value("dropout").orElse(0.0) - 0.2;
    double schedule = one.value("schedule").orElseThrow().equals("cosine") ? 0 : 0.05;
    double bowl =
        rate * rate + 0.2 * size * size + 0.1 * layers * layers + 2 * dropout * dropout + schedule;
    return bowl + (1 + 0.3 * rate) / Math.sqrt(steps);
  }

  /** Tells one after the other until the study is over. */
  static void run(Study study, ToDoubleFunction<Assignment> loss) {
    while (!study.isOver()) {
      Assignment next = study.ask().orElseThrow();
      study.tell(next, loss.applyAsDouble(next));
    }
  }

  /** Asks for some, tells some, gives some back, in an order of chance. */
  static void runInAnyOrder(Study study, ToDoubleFunction<Assignment> loss, Random random) {
    List<Assignment> out = new ArrayList<>();
    while (!study.isOver()) {
      for (int asks = random.nextInt(4); asks > 0; asks--) {
        study.ask().ifPresent(out::add);
      }
      if (!out.isEmpty()) {
        Assignment one = out.remove(random.nextInt(out.size()));
        if (random.nextInt(10) == 0) {
          study.giveBack(one);
        } else {
          study.tell(one, loss.applyAsDouble(one));
        }
      }
    }
  }
}

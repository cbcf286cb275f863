package org.levin.examples;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.levin.tuning.Assignment;
import org.levin.tuning.Study;
import org.levin.tuning.StudyLimits;
import org.levin.tuning.StudyPlan;
import org.levin.tuning.space.SearchSpace;

/**
 * Searches for what is trained elsewhere: asks for all that can be trained now, and tells what came
 * of each.
 */
public final class AskAndTell {
  private AskAndTell() {}

  /** Runs the example. */
  public static void main(String[] arguments) {
    SearchSpace space = SearchSpace.parse("rate=1e-4..1e-1 log", "depth=1..4");
    Study study = Study.begin(StudyPlan.of(space, 90), StudyLimits.none().trials(40));
    while (!study.isOver()) {
      List<Assignment> out =
          Stream.generate(study::ask).takeWhile(Optional::isPresent).map(Optional::get).toList();
      out.parallelStream().forEach(one -> study.tell(one, trainElsewhere(one)));
    }
    System.out.println(study.best().orElseThrow());
  }

  /** Stands for a training of so many steps; the best rate is 0.01, and 3 is the best depth. */
  private static double trainElsewhere(Assignment assignment) {
    double rate = (double) assignment.configuration().values().get("rate");
    long depth = (long) assignment.configuration().values().get("depth");
    double off = Math.abs(Math.log10(rate) + 2) + Math.abs(depth - 3);
    return 1 + off + 1.0 / assignment.to();
  }
}

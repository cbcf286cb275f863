package org.levin.tuning.record;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.levin.tuning.journal.StudyRecord;
import org.levin.tuning.space.Configuration;
import org.levin.tuning.trial.Measurement;
import org.levin.tuning.trial.Result;
import org.levin.tuning.trial.Trial;

/**
 * In what two studies differ, trial by trial of the same number: a study that is repeated must come
 * out the same, to the last bit of every loss. How long something took does not count, nor how a
 * model came to be, nor in what words a failure is told.
 *
 * @param header in what the plans differ, see {@link
 *     org.levin.tuning.journal.StudyHeader#differenceFrom}
 * @param onlyInFirst numbers of the trials that the second study has not
 * @param onlyInSecond numbers of the trials that the first study has not
 * @param configurations trials that try different things; their results are not compared
 * @param results rungs at which the same configuration came out different
 */
public record StudyComparison(
    Optional<String> header,
    List<Integer> onlyInFirst,
    List<Integer> onlyInSecond,
    List<ConfigurationDifference> configurations,
    List<ResultDifference> results) {

  /** What a text lists of each kind; more would hide the rest. */
  private static final int LISTED = 20;

  /** Takes copies. */
  public StudyComparison {
    onlyInFirst = List.copyOf(onlyInFirst);
    onlyInSecond = List.copyOf(onlyInSecond);
    configurations = List.copyOf(configurations);
    results = List.copyOf(results);
  }

  /** A trial that does not try the same in both studies. */
  public record ConfigurationDifference(int trial, Configuration first, Configuration second) {
    @Override
    public String toString() {
      return "trial %d tries %s, not %s".formatted(trial, first, second);
    }
  }

  /**
   * A rung at which a trial did not come out the same.
   *
   * @param steps of training in all
   * @param first what came of it in the first study; nothing if it has no result there
   * @param second likewise in the second; at least one is there
   */
  public record ResultDifference(
      int trial, long steps, Optional<Result> first, Optional<Result> second) {
    @Override
    public String toString() {
      return "trial %d after %d steps: %s, not %s"
          .formatted(trial, steps, words(first), words(second));
    }

    private String words(Optional<Result> result) {
      return result.map(this::words).orElse("no result");
    }

    private String words(Result result) {
      if (result.failure().isPresent()) {
        return "failed (" + result.failure().get() + ")";
      }
      Measurement measured = result.measurement().orElseThrow();
      boolean sizesDiffer = !Results.sizesAgree(first, second);
      return "loss %s%s"
          .formatted(
              measured.loss(),
              sizesDiffer && measured.parameters().isPresent()
                  ? " with %d parameters".formatted(measured.parameters().getAsLong())
                  : "");
    }
  }

  /** Compares two studies. */
  public static StudyComparison of(StudyRecord first, StudyRecord second) {
    int common = Math.min(first.trials().size(), second.trials().size());
    List<ConfigurationDifference> configurations = new ArrayList<>();
    List<ResultDifference> results = new ArrayList<>();
    for (int i = 0; i < common; i++) {
      Trial one = first.trials().get(i);
      Trial other = second.trials().get(i);
      if (one.configuration().equals(other.configuration())) {
        results.addAll(differences(one, other));
      } else {
        configurations.add(
            new ConfigurationDifference(one.number(), one.configuration(), other.configuration()));
      }
    }
    return new StudyComparison(
        first.header().differenceFrom(second.header()),
        numbers(common, first),
        numbers(common, second),
        configurations,
        results);
  }

  private static List<Integer> numbers(int after, StudyRecord study) {
    return IntStream.rangeClosed(after + 1, study.trials().size()).boxed().toList();
  }

  private static List<ResultDifference> differences(Trial one, Trial other) {
    TreeSet<Long> steps = new TreeSet<>();
    one.results().forEach(result -> steps.add(result.steps()));
    other.results().forEach(result -> steps.add(result.steps()));
    return steps.stream()
        .map(
            step ->
                new ResultDifference(
                    one.number(), step, Results.after(step, one), Results.after(step, other)))
        .filter(pair -> !Results.agree(pair.first(), pair.second()))
        .toList();
  }

  /** Returns whether they are the same study with the same results. */
  public boolean isSame() {
    return header.isEmpty()
        && onlyInFirst.isEmpty()
        && onlyInSecond.isEmpty()
        && configurations.isEmpty()
        && results.isEmpty();
  }

  /** Returns the differences, one a line, each line with its break; one line if there are none. */
  public String toText() {
    if (isSame()) {
      return "The studies are the same.\n";
    }
    StringBuilder text = new StringBuilder();
    header.ifPresent(difference -> text.append("plan: ").append(difference).append('\n'));
    append(text, "only the first has", onlyInFirst);
    append(text, "only the second has", onlyInSecond);
    append(text, configurations);
    append(text, results);
    return text.toString();
  }

  /** The numbers follow one another: those that are missing in one study come last in the other. */
  private static void append(StringBuilder text, String what, List<Integer> trials) {
    if (!trials.isEmpty()) {
      int first = trials.getFirst();
      int last = trials.getLast();
      text.append(what)
          .append(first == last ? " trial " + first : " trials " + first + " to " + last)
          .append('\n');
    }
  }

  private static void append(StringBuilder text, List<?> all) {
    all.stream().limit(LISTED).forEach(line -> text.append(line).append('\n'));
    if (all.size() > LISTED) {
      text.append("and ").append(all.size() - LISTED).append(" more\n");
    }
  }
}

package org.levin.tuning;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Queue;
import org.levin.internal.Arguments;
import org.levin.tuning.journal.StudyRecord;
import org.levin.tuning.space.Configuration;
import org.levin.tuning.space.Cost;
import org.levin.tuning.strategy.Promotion;
import org.levin.tuning.strategy.Strategy;
import org.levin.tuning.trial.Result;
import org.levin.tuning.trial.Trial;

/**
 * The course of a study: from group to group, and each group from rung to rung. Reads and writes no
 * file; what an earlier run was told is taken from its record as soon as it would be asked for. For
 * one thread at a time.
 */
final class Course {
  private final StudyPlan plan;
  private final StudyLimits limits;
  private final StudyRecord known;
  private final Strategy.Search search;

  private final List<Trial> trials = new ArrayList<>();
  private final Queue<Trial> unwritten = new ArrayDeque<>();
  private final Deque<Assignment> waiting = new ArrayDeque<>();
  private final Map<Integer, Assignment> out = new HashMap<>();
  private List<Integer> group = List.of();
  private int rung;
  private long steps;
  private boolean outOfSteps;
  private boolean over;

  /**
   * Makes the course up to where something is to be trained.
   *
   * @param known what an earlier run was told
   * @throws IllegalArgumentException if the record goes another way, or nothing in the space keeps
   *     to its requirements
   */
  Course(StudyPlan plan, StudyLimits limits, StudyRecord known) {
    this.plan = plan;
    this.limits = limits;
    this.known = known;
    search = plan.strategy().begin(plan.task());
    settle();
  }

  Optional<Assignment> ask() {
    Optional<Assignment> next = Optional.ofNullable(waiting.poll());
    next.ifPresent(assignment -> out.put(assignment.trial(), assignment));
    return next;
  }

  void requireOut(Assignment assignment) {
    Arguments.require(
        assignment.equals(out.get(assignment.trial())),
        "trial %d to step %d was not asked for, or was told before",
        assignment.trial(),
        assignment.to());
  }

  void tell(Assignment assignment, Result result) {
    out.remove(assignment.trial());
    add(assignment.trial(), result);
    settle();
  }

  void giveBack(Assignment assignment) {
    out.remove(assignment.trial());
    waiting.addFirst(assignment);
  }

  void end() {
    over = true;
    waiting.clear();
  }

  boolean isOver() {
    return over;
  }

  /** Returns how many can be asked for or are out. */
  int assignable() {
    return waiting.size() + out.size();
  }

  List<Trial> trials() {
    return List.copyOf(trials);
  }

  /**
   * Returns the trials that the record does not know yet, in order; whoever writes takes them out.
   */
  Queue<Trial> unwritten() {
    return unwritten;
  }

  /** Returns the numbers of the trials that may go on. */
  List<Integer> going() {
    return over ? List.of() : group;
  }

  /** Returns the steps of all that was asked for so far. */
  long steps() {
    return steps;
  }

  private void settle() {
    while (!over && waiting.isEmpty() && out.isEmpty()) {
      if (outOfSteps || isGoodEnough()) {
        over = true;
      } else if (!group.isEmpty() && rung + 1 < plan.rungs().count()) {
        group = Promotion.of(plan.task(), group.stream().map(this::trial).toList(), rung);
        rung++;
        assign();
      } else {
        rung = 0;
        group = propose();
        over = group.isEmpty();
        assign();
      }
    }
  }

  private boolean isGoodEnough() {
    return limits.loss().isPresent()
        && trials.stream()
            .flatMap(trial -> trial.after(plan.rungs().last()).stream())
            .anyMatch(measured -> measured.loss() <= limits.loss().getAsDouble());
  }

  private List<Integer> propose() {
    int room = limits.trials().orElse(Integer.MAX_VALUE) - trials.size();
    if (room <= 0 || !hasStepsFor(plan.rungs().steps().getFirst())) {
      return List.of();
    }
    List<Configuration> proposed = search.next(trials());
    Arguments.require(
        !proposed.isEmpty() || !trials.isEmpty(),
        "not one configuration was found that keeps to the requirements of the space: %s; loosen them, or search where they hold",
        plan.space());
    return proposed.stream().limit(room).map(this::propose).toList();
  }

  private int propose(Configuration configuration) {
    Trial trial = Trial.of(trials.size() + 1, configuration);
    Optional<Trial> before = known.find(trial.number());
    if (before.isEmpty()) {
      unwritten.add(trial);
    } else {
      Arguments.require(
          before.get().configuration().equals(configuration),
          "the study cannot be taken up: its trial %d is %s, but this strategy would try %s; another version of Levin may have written it",
          trial.number(),
          before.get().configuration(),
          configuration);
    }
    trials.add(trial);
    return trial.number();
  }

  private boolean hasStepsFor(long more) {
    return limits.steps().isEmpty() || steps + more <= limits.steps().getAsLong();
  }

  /**
   * Hands out what the group does from the rung before to this one. Where the steps do not suffice
   * for all, this is the last that is done.
   */
  private void assign() {
    List<Long> rungs = plan.rungs().steps();
    long from = rung == 0 ? 0 : rungs.get(rung - 1);
    long to = rungs.get(rung);
    List<Integer> affordable = new ArrayList<>();
    List<Assignment> assignments = new ArrayList<>();
    for (int number : group) {
      if (hasStepsFor(to - from)) {
        steps += to - from;
        affordable.add(number);
        Optional<Result> told = told(number, to);
        told.ifPresent(result -> add(number, result));
        if (told.isEmpty()) {
          assignments.add(new Assignment(number, trial(number).configuration(), from, to));
        }
      }
    }
    outOfSteps = affordable.size() < group.size();
    group = affordable;
    assignments.sort(Comparator.comparingDouble(this::work).reversed());
    waiting.addAll(assignments);
  }

  private Optional<Result> told(int number, long to) {
    return known.find(number).stream()
        .flatMap(trial -> trial.results().stream())
        .filter(result -> result.steps() == to)
        .findFirst();
  }

  private void add(int number, Result result) {
    trials.set(number - 1, trial(number).with(result));
  }

  private Trial trial(int number) {
    return trials.get(number - 1);
  }

  /** What an assignment costs, in multiply-adds; where nobody knows, all cost the same. */
  private double work(Assignment assignment) {
    try {
      int symbols = plan.corpus().orElseThrow().vocabularySize();
      return Cost.operationsAStep(assignment.configuration().applyTo(plan.base()), symbols);
    } catch (IllegalArgumentException | NoSuchElementException e) {
      return 0;
    }
  }
}

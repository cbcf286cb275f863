package org.levin.tuning;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.levin.internal.Arguments;
import org.levin.tuning.journal.Journal;
import org.levin.tuning.journal.StudyEvent;
import org.levin.tuning.journal.StudyRecord;
import org.levin.tuning.space.Configuration;
import org.levin.tuning.space.Cost;
import org.levin.tuning.strategy.Promotion;
import org.levin.tuning.strategy.Strategy;
import org.levin.tuning.trial.Measurement;
import org.levin.tuning.trial.Result;
import org.levin.tuning.trial.Trial;

/**
 * A search under way. It is asked what to train, and told what came of it; {@link Tuner} does both
 * with Levin's own trainer.
 *
 * <p>Trials come in groups, and a group goes from rung to rung together. Several may be asked for
 * before one is told: all of a group that stand at one rung can be trained side by side, in any
 * order, by any number of workers. When all of those are out, {@link #ask} has nothing until they
 * are told. What is proposed, and what goes on, depends on the plan and on what was told, never on
 * who was first.
 *
 * <p>A study with a file writes down what it is told before {@link #tell} returns. Opened again, it
 * goes on where it was; what had been asked for and not told is asked for again. Safe for use by
 * several threads.
 */
public final class Study implements AutoCloseable {
  private final StudyPlan plan;
  private final StudyLimits limits;
  private final Optional<Journal> journal;
  private final StudyRecord known;
  private final Strategy.Search search;

  private final List<Trial> trials = new ArrayList<>();
  private final Deque<Assignment> waiting = new ArrayDeque<>();
  private final Map<Integer, Assignment> out = new HashMap<>();
  private final Set<Integer> recorded = new HashSet<>();
  private List<Integer> group = List.of();
  private int rung;
  private long steps;
  private boolean over;

  private Study(StudyPlan plan, StudyLimits limits, Optional<Journal> journal, StudyRecord known) {
    this.plan = plan;
    this.limits = limits;
    this.journal = journal;
    this.known = known;
    search = plan.strategy().begin(plan.task());
  }

  /** Begins a study that is kept in memory only. */
  public static Study begin(StudyPlan plan, StudyLimits limits) {
    StudyRecord nothing = new StudyRecord(plan.header(), List.of(), Map.of(), Map.of());
    return started(new Study(plan, limits, Optional.empty(), nothing));
  }

  /**
   * Begins a study, or takes up the one that the file holds.
   *
   * @throws IllegalArgumentException if the file holds a study that goes another way
   * @throws org.levin.format.FileInUseException if another process writes it
   * @throws org.levin.format.DamagedFileException if it is damaged, or no study
   * @throws IOException if it cannot be read or written
   */
  public static Study open(StudyPlan plan, StudyLimits limits, Path file) throws IOException {
    Journal journal = Journal.open(file, plan.header());
    try {
      return started(new Study(plan, limits, Optional.of(journal), journal.before()));
    } catch (RuntimeException e) {
      journal.close();
      throw e;
    }
  }

  private static Study started(Study study) {
    synchronized (study) {
      study.settle();
    }
    return study;
  }

  /**
   * Returns what to train next, those that take longest first; nothing when all that can be trained
   * now is out, or the study is over.
   */
  public synchronized Optional<Assignment> ask() {
    Optional<Assignment> next = Optional.ofNullable(waiting.poll());
    next.ifPresent(assignment -> out.put(assignment.trial(), assignment));
    return next;
  }

  /** Returns whether nothing is left to train, and nothing is out. */
  public synchronized boolean isOver() {
    return over;
  }

  /** Returns how many assignments can be asked for or are out: so many can be trained at once. */
  public synchronized int open() {
    return waiting.size() + out.size();
  }

  /**
   * Tells the validation loss of a trial after the steps that were asked for, in nats per token.
   * One that is not a number, or infinite, is a failure.
   *
   * @throws IllegalArgumentException if that is not out
   * @throws UncheckedIOException if it cannot be written to the file
   */
  public void tell(Assignment assignment, double loss) {
    if (Double.isFinite(loss)) {
      tell(assignment, Measurement.of(loss), 0);
    } else {
      fail(assignment, "the loss is " + loss, 0);
    }
  }

  /**
   * Tells what was measured, and how long it took.
   *
   * @param seconds for these steps, at least 0
   * @throws IllegalArgumentException if it is not out, or an objective was not measured
   * @throws UncheckedIOException if it cannot be written to the file
   */
  public void tell(Assignment assignment, Measurement measurement, double seconds) {
    plan.objectives().forEach(measurement::value);
    tell(assignment, Result.of(assignment.to(), measurement), seconds);
  }

  /**
   * Tells that a trial failed, as by diverging. It is as bad as can be, and does not go on.
   *
   * @throws IllegalArgumentException if it is not out
   * @throws UncheckedIOException if it cannot be written to the file
   */
  public void fail(Assignment assignment, String why, double seconds) {
    tell(assignment, Result.failed(assignment.to(), why), seconds);
  }

  private synchronized void tell(Assignment assignment, Result result, double seconds) {
    requireOut(assignment);
    write(new StudyEvent.Measured(assignment.trial(), result, seconds));
    out.remove(assignment.trial());
    add(assignment.trial(), result);
    settle();
  }

  /** Keeps how the model of a trial came to be, as Tribuo's JSON. */
  synchronized void record(int trial, String provenance) {
    if (!known.provenances().containsKey(trial) && recorded.add(trial)) {
      write(new StudyEvent.Recorded(trial, provenance));
    }
  }

  /** Takes back what was asked for and will not be told; it is asked for again. */
  public synchronized void giveBack(Assignment assignment) {
    requireOut(assignment);
    out.remove(assignment.trial());
    waiting.addFirst(assignment);
  }

  private void requireOut(Assignment assignment) {
    Arguments.require(
        assignment.equals(out.get(assignment.trial())),
        "trial %d to step %d was not asked for, or was told before",
        assignment.trial(),
        assignment.to());
  }

  private void add(int number, Result result) {
    trials.set(number - 1, trials.get(number - 1).with(result));
  }

  private void write(StudyEvent event) {
    try {
      if (journal.isPresent()) {
        journal.get().append(event);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Goes on from rung to rung and from group to group until there is something to ask for. */
  private void settle() {
    while (!over && waiting.isEmpty() && out.isEmpty()) {
      if (isGoodEnough()) {
        over = true;
      } else if (!group.isEmpty() && rung + 1 < plan.rungs().count()) {
        rung++;
        group = Promotion.of(plan.task(), group.stream().map(this::trial).toList(), rung - 1);
        assign();
      } else {
        rung = 0;
        group = propose();
        over = group.isEmpty();
        assign();
      }
    }
  }

  private Trial trial(int number) {
    return trials.get(number - 1);
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
    List<Integer> numbers = new ArrayList<>();
    for (Configuration configuration : search.next(List.copyOf(trials))) {
      if (numbers.size() < room) {
        Trial trial = Trial.of(trials.size() + 1, configuration);
        propose(trial);
        numbers.add(trial.number());
      }
    }
    return numbers;
  }

  private void propose(Trial trial) {
    Optional<Trial> before = known.find(trial.number());
    if (before.isEmpty()) {
      write(new StudyEvent.Proposed(trial.number(), trial.configuration()));
    } else if (!before.get().configuration().equals(trial.configuration())) {
      throw new IllegalArgumentException(
          "the study cannot be taken up: its trial %d is %s, but this strategy would try %s; another version of Levin may have written it"
              .formatted(trial.number(), before.get().configuration(), trial.configuration()));
    }
    trials.add(trial);
  }

  private boolean hasStepsFor(long more) {
    return limits.steps().isEmpty() || steps + more <= limits.steps().getAsLong();
  }

  /** Hands out what the group does from the rung before to this one, as far as steps are left. */
  private void assign() {
    List<Long> rungs = plan.rungs().steps();
    long from = rung == 0 ? 0 : rungs.get(rung - 1);
    long to = rungs.get(rung);
    List<Integer> going = new ArrayList<>();
    List<Assignment> assignments = new ArrayList<>();
    for (int number : group) {
      if (hasStepsFor(to - from)) {
        steps += to - from;
        going.add(number);
        Optional<Result> told = told(number, to);
        if (told.isPresent()) {
          add(number, told.get());
        } else {
          assignments.add(new Assignment(number, trial(number).configuration(), from, to));
        }
      }
    }
    group = going;
    assignments.sort(Comparator.comparingDouble(this::work).reversed());
    waiting.addAll(assignments);
  }

  private Optional<Result> told(int number, long to) {
    return known.find(number).stream()
        .flatMap(trial -> trial.results().stream())
        .filter(result -> result.steps() == to)
        .findFirst();
  }

  /** What an assignment costs, in multiply-adds; where nobody knows, all cost the same. */
  private double work(Assignment assignment) {
    try {
      int symbols = plan.corpus().orElseThrow().vocabularySize();
      return Cost.operationsAStep(assignment.configuration().applyTo(plan.base()), symbols);
    } catch (IllegalArgumentException | java.util.NoSuchElementException e) {
      return 0;
    }
  }

  /** Returns the plan. */
  public StudyPlan plan() {
    return plan;
  }

  /** Returns all trials so far, in the order in which they were proposed. */
  public synchronized List<Trial> trials() {
    return List.copyOf(trials);
  }

  /** Returns how many training steps were asked for so far. */
  public synchronized long steps() {
    return steps;
  }

  /** Returns when it ends. */
  public StudyLimits limits() {
    return limits;
  }

  /** Returns how many results there are so far, of all trials at all rungs. */
  public int told() {
    return trials().stream().mapToInt(trial -> trial.results().size()).sum();
  }

  /** Returns how many steps were trained so far. */
  public long stepsTold() {
    return trials().stream().mapToLong(Trial::steps).sum();
  }

  /** Returns the trials whose checkpoints are still of use: those that may go on, and the best. */
  synchronized Set<Integer> needed() {
    Set<Integer> numbers = new HashSet<>(over ? List.of() : group);
    best().ifPresent(trial -> numbers.add(trial.number()));
    return numbers;
  }

  /**
   * Returns the best trial so far: of those that were trained longest, the one with the least loss;
   * nothing if none has come to a rung.
   */
  public Optional<Trial> best() {
    return Best.of(trials());
  }

  /** Gives the file back; what is out is asked for again when the study is taken up. */
  @Override
  public synchronized void close() throws IOException {
    over = true;
    waiting.clear();
    if (journal.isPresent()) {
      journal.get().close();
    }
  }
}

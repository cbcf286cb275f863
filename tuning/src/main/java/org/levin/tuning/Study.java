package org.levin.tuning;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import org.levin.tuning.journal.Journal;
import org.levin.tuning.journal.StudyEvent;
import org.levin.tuning.journal.StudyRecord;
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
  private final Course course;
  private final Map<Integer, Long> recorded = new HashMap<>();

  private Study(StudyPlan plan, StudyLimits limits, Optional<Journal> journal, StudyRecord known) {
    this.plan = plan;
    this.limits = limits;
    this.journal = journal;
    this.known = known;
    course = new Course(plan, limits, known);
    for (int number : known.provenances().keySet()) {
      recorded.put(number, known.find(number).orElseThrow().steps());
    }
  }

  /**
   * Begins a study that is kept in memory only.
   *
   * @throws IllegalArgumentException if nothing in the space keeps to its requirements
   */
  public static Study begin(StudyPlan plan, StudyLimits limits) {
    StudyRecord nothing = new StudyRecord(plan.header(), List.of(), Map.of(), Map.of());
    return new Study(plan, limits, Optional.empty(), nothing);
  }

  /**
   * Begins a study, or takes up the one that the file holds.
   *
   * @throws IllegalArgumentException if the file holds a study that goes another way, or nothing in
   *     the space keeps to its requirements
   * @throws org.levin.format.FileInUseException if another process writes it
   * @throws org.levin.format.DamagedFileException if it is damaged, or no study
   * @throws IOException if it cannot be read or written
   */
  public static Study open(StudyPlan plan, StudyLimits limits, Path file) throws IOException {
    Journal journal = Journal.open(file, plan.header());
    boolean opened = false;
    try {
      Study study = new Study(plan, limits, Optional.of(journal), journal.before());
      study.writeProposed();
      opened = true;
      return study;
    } finally {
      if (!opened) {
        journal.close();
      }
    }
  }

  /**
   * Returns what to train next, those that take longest first; nothing when all that can be trained
   * now is out, or the study is over.
   *
   * @throws UncheckedIOException if what was proposed could not be written before, and cannot now
   */
  public synchronized Optional<Assignment> ask() {
    writeProposed();
    return course.ask();
  }

  /** Returns whether nothing is left to train, and nothing is out. */
  public synchronized boolean isOver() {
    return course.isOver();
  }

  /** Returns how many assignments can be asked for or are out: so many can be trained at once. */
  public synchronized int assignable() {
    return course.assignable();
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
   * @throws UncheckedIOException if it, or what is proposed next, cannot be written to the file
   */
  public void tell(Assignment assignment, Measurement measurement, double seconds) {
    plan.objectives().forEach(measurement::value);
    tell(assignment, Result.of(assignment.to(), measurement), seconds);
  }

  /**
   * Tells that a trial failed, as by diverging. It is as bad as can be, and does not go on.
   *
   * @throws IllegalArgumentException if it is not out
   * @throws UncheckedIOException if it, or what is proposed next, cannot be written to the file
   */
  public void fail(Assignment assignment, String why, double seconds) {
    tell(assignment, Result.failed(assignment.to(), why), seconds);
  }

  private synchronized void tell(Assignment assignment, Result result, double seconds) {
    course.requireOut(assignment);
    write(new StudyEvent.Measured(assignment.trial(), result, seconds));
    course.tell(assignment, result);
    writeProposed();
  }

  /** Keeps how the model of a trial came to be, as Tribuo's JSON. */
  synchronized void record(Trial trial, String provenance) {
    write(new StudyEvent.Recorded(trial.number(), provenance));
    recorded.put(trial.number(), trial.steps());
  }

  /** Returns the trials that do not go on, and whose last model's record is not kept yet. */
  synchronized List<Trial> unrecorded() {
    return all().stream()
        .filter(trial -> trial.steps() > 0 && !course.going().contains(trial.number()))
        .filter(trial -> recorded.getOrDefault(trial.number(), 0L) < trial.steps())
        .toList();
  }

  /**
   * Takes back what was asked for and will not be told; it is asked for again.
   *
   * @throws IllegalArgumentException if it is not out
   */
  public synchronized void giveBack(Assignment assignment) {
    course.requireOut(assignment);
    course.giveBack(assignment);
  }

  /** What could not be written stays in the queue, and is tried again. */
  private void writeProposed() {
    Queue<Trial> unwritten = course.unwritten();
    while (!unwritten.isEmpty()) {
      Trial next = unwritten.element();
      write(new StudyEvent.Proposed(next.number(), next.configuration()));
      unwritten.remove();
    }
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

  /** Returns the plan. */
  public StudyPlan plan() {
    return plan;
  }

  /** Returns when it ends. */
  public StudyLimits limits() {
    return limits;
  }

  /** Returns all trials so far, in the order in which they were proposed. */
  public synchronized List<Trial> trials() {
    return course.trials();
  }

  /** Returns how many training steps were asked for so far. */
  public synchronized long steps() {
    return course.steps();
  }

  /** Returns how many steps were trained so far. */
  public long stepsTold() {
    return trials().stream().mapToLong(Trial::steps).sum();
  }

  /** Returns how many results there are so far, of all trials at all rungs. */
  public int told() {
    return trials().stream().mapToInt(trial -> trial.results().size()).sum();
  }

  /**
   * Returns the best trial so far: of those that were trained longest, the one with the least loss;
   * nothing if none has come to a rung. What an earlier run with other limits measured counts, too.
   */
  public Optional<Trial> best() {
    return Best.of(all());
  }

  /** Returns all trials so far, and those that an earlier run with other limits knew. */
  private synchronized List<Trial> all() {
    List<Trial> all = new ArrayList<>();
    List<Trial> now = course.trials();
    for (int number = 1; number <= Math.max(now.size(), known.trials().size()); number++) {
      Optional<Trial> before = known.find(number);
      boolean further =
          number > now.size()
              || before.isPresent() && before.get().steps() > now.get(number - 1).steps();
      all.add(further ? before.orElseThrow() : now.get(number - 1));
    }
    return all;
  }

  /**
   * Returns the trials whose checkpoints are still of use: those that may go on, the best, and with
   * several objectives all that one may choose from.
   */
  synchronized Set<Integer> needed() {
    Set<Integer> numbers = new HashSet<>(course.going());
    best().ifPresent(trial -> numbers.add(trial.number()));
    if (plan.objectives().size() > 1) {
      ParetoFront.of(all(), plan.objectives())
          .trials()
          .forEach(trial -> numbers.add(trial.number()));
    }
    return numbers;
  }

  /** Gives the file back; what is out is asked for again when the study is taken up. */
  @Override
  public synchronized void close() throws IOException {
    course.end();
    if (journal.isPresent()) {
      journal.get().close();
    }
  }
}

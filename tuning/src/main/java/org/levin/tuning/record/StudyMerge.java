package org.levin.tuning.record;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.levin.internal.Arguments;
import org.levin.tuning.journal.StudyHeader;
import org.levin.tuning.journal.StudyRecord;
import org.levin.tuning.space.Configuration;
import org.levin.tuning.strategy.Rungs;
import org.levin.tuning.trial.Objective;
import org.levin.tuning.trial.Trial;

/** Makes one study of several whose losses can be compared. */
public final class StudyMerge {
  /** The strategy of what was merged; none that proposes has this name. */
  public static final String STRATEGY = "merged";

  private StudyMerge() {}

  /**
   * Returns a study of the trials of all: in the order of the studies, numbered anew. Those of the
   * same configuration become one, which stands where the first of them stood and has the results
   * of all by steps; the time that they took is summed. The result is for reading: no study takes
   * it up.
   *
   * <p>All studies must have the same text, or none know it, measure models the same way, and end
   * with the same last rung, for it decides the learning rate of every step before it. Their
   * options must be the same, their seed with them, but for those that every trial of every study
   * sets itself. Spaces, strategies, seeds of strategies, and rungs before the last may differ.
   *
   * <p>The header has the first study's options and seed, the texts of all spaces, each once, the
   * rungs of all, with the first's part that goes on, and the objectives that all have in common.
   *
   * @param studies at least one
   * @throws IllegalArgumentException if they cannot be compared, or a configuration came out
   *     different in two of them; the message names the studies, counted from 1
   */
  public static StudyRecord of(List<StudyRecord> studies) {
    Arguments.require(!studies.isEmpty(), "there must be a study to merge");
    Set<String> own = setByEveryTrial(studies);
    for (int i = 1; i < studies.size(); i++) {
      requireComparable(studies.getFirst().header(), studies.get(i).header(), own, i + 1);
    }
    Map<Configuration, JoinedTrial> joined = new LinkedHashMap<>();
    for (int i = 0; i < studies.size(); i++) {
      for (Trial trial : studies.get(i).trials()) {
        joined
            .computeIfAbsent(trial.configuration(), JoinedTrial::new)
            .add(i + 1, trial, studies.get(i));
      }
    }
    return record(header(studies), joined.values());
  }

  private static StudyRecord record(StudyHeader header, Iterable<JoinedTrial> joined) {
    List<Trial> trials = new ArrayList<>();
    Map<Integer, String> provenances = new HashMap<>();
    Map<Integer, Double> seconds = new HashMap<>();
    for (JoinedTrial each : joined) {
      int number = trials.size() + 1;
      trials.add(each.trial(number));
      each.provenance().ifPresent(json -> provenances.put(number, json));
      each.seconds().ifPresent(time -> seconds.put(number, time));
    }
    return new StudyRecord(header, trials, provenances, seconds);
  }

  private static Set<String> setByEveryTrial(List<StudyRecord> studies) {
    Optional<Set<String>> names = Optional.empty();
    for (StudyRecord study : studies) {
      for (Trial trial : study.trials()) {
        Set<String> common =
            new LinkedHashSet<>(names.orElse(trial.configuration().values().keySet()));
        common.retainAll(trial.configuration().values().keySet());
        names = Optional.of(common);
      }
    }
    return names.orElse(Set.of());
  }

  private static void requireComparable(
      StudyHeader first, StudyHeader other, Set<String> own, int number) {
    require(
        options(first, own).equals(options(other, own)),
        number,
        "the options",
        options(first, own),
        options(other, own));
    require(
        first.evaluation().equals(other.evaluation()),
        number,
        "the evaluation",
        first.evaluation(),
        other.evaluation());
    require(
        first.rungs().last() == other.rungs().last(),
        number,
        "the last rung",
        first.rungs().last(),
        other.rungs().last());
    require(
        first.corpus().isPresent() == other.corpus().isPresent(),
        number,
        "the text",
        first.corpus().isPresent() ? "one" : "none",
        other.corpus().isPresent() ? "one" : "none");
    first
        .corpus()
        .flatMap(text -> text.differenceFrom(other.corpus().orElseThrow()))
        .ifPresent(
            difference -> {
              throw new IllegalArgumentException(
                  "studies 1 and %d have other texts and cannot be merged: %s"
                      .formatted(number, difference));
            });
  }

  private static void require(
      boolean same, int number, String what, Object expected, Object actual) {
    Arguments.require(
        same,
        "studies 1 and %d cannot be merged, for their losses cannot be compared: %s differ, %s and %s",
        number,
        what,
        expected,
        actual);
  }

  /** As a text: a whole number that was read from a file may be of another class. */
  private static String options(StudyHeader header, Set<String> without) {
    Map<String, Object> options = new LinkedHashMap<>(header.options());
    options.keySet().removeAll(without);
    return options.toString();
  }

  private static StudyHeader header(List<StudyRecord> studies) {
    StudyHeader first = studies.getFirst().header();
    Set<String> space = new LinkedHashSet<>();
    Set<Long> rungs = new TreeSet<>();
    Set<Objective> objectives = new LinkedHashSet<>(first.objectives());
    for (StudyRecord study : studies) {
      space.addAll(study.header().space());
      rungs.addAll(study.header().rungs().steps());
      objectives.retainAll(study.header().objectives());
    }
    return new StudyHeader(
        List.copyOf(space),
        first.options(),
        STRATEGY,
        first.seed(),
        new Rungs(List.copyOf(rungs), first.rungs().keep()),
        List.copyOf(objectives),
        first.evaluation(),
        first.corpus());
  }
}

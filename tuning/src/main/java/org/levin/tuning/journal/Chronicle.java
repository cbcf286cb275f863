package org.levin.tuning.journal;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.levin.internal.Arguments;
import org.levin.tuning.space.Configuration;
import org.levin.tuning.trial.Result;
import org.levin.tuning.trial.Trial;

/** A study as it grows, event by event. Each takes the same little time, however many there are. */
final class Chronicle {
  private final StudyHeader header;
  private final List<Configuration> configurations = new ArrayList<>();
  private final List<List<Result>> results = new ArrayList<>();
  private final Map<Integer, String> provenances = new TreeMap<>();
  private final Map<Integer, Double> seconds = new TreeMap<>();

  Chronicle(StudyHeader header) {
    this.header = header;
  }

  /** Throws {@link IllegalArgumentException} if the event cannot follow those before it. */
  void add(StudyEvent event) {
    switch (event) {
      case StudyEvent.Proposed proposed -> {
        Arguments.require(
            proposed.trial() == configurations.size() + 1,
            "trial %d is proposed where trial %d is expected",
            proposed.trial(),
            configurations.size() + 1);
        configurations.add(proposed.configuration());
        results.add(new ArrayList<>());
      }
      case StudyEvent.Measured measured -> {
        List<Result> own = results.get(index(measured.trial()));
        requireNext(own, measured);
        own.add(measured.result());
        double sum = seconds.merge(measured.trial(), measured.seconds(), Double::sum);
        Arguments.finite(sum, "the seconds of a trial");
      }
      case StudyEvent.Recorded recorded -> {
        index(recorded.trial());
        provenances.put(recorded.trial(), recorded.provenance());
      }
    }
  }

  private int index(int trial) {
    Arguments.require(
        trial >= 1 && trial <= configurations.size(), "there is no trial %d so far", trial);
    return trial - 1;
  }

  /** A study that was made of several may have trials that stood at some of its rungs only. */
  private void requireNext(List<Result> own, StudyEvent.Measured measured) {
    long steps = measured.result().steps();
    Arguments.require(
        own.isEmpty() || own.getLast().failure().isEmpty(),
        "trial %d cannot have a result after it failed",
        measured.trial());
    Arguments.require(
        own.isEmpty() || own.getLast().steps() < steps,
        "trial %d cannot have a result after %d steps behind one after %d",
        measured.trial(),
        steps,
        own.isEmpty() ? 0 : own.getLast().steps());
    Arguments.require(
        header.rungs().steps().contains(steps),
        "trial %d has a result after %d steps, but the rungs are %s",
        measured.trial(),
        steps,
        header.rungs().steps());
    measured
        .result()
        .measurement()
        .ifPresent(measurement -> header.objectives().forEach(measurement::value));
  }

  StudyRecord record() {
    List<Trial> trials = new ArrayList<>();
    for (int i = 0; i < configurations.size(); i++) {
      trials.add(new Trial(i + 1, configurations.get(i), results.get(i)));
    }
    return new StudyRecord(header, trials, provenances, seconds);
  }
}

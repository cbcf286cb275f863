package org.levin.tuning.journal;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.levin.tuning.trial.Result;
import org.levin.tuning.trial.Trial;

/** The events that a study can be told by: every trial with its results and record. */
final class Events {
  private Events() {}

  static List<StudyEvent> of(StudyRecord study) {
    List<StudyEvent> events = new ArrayList<>();
    for (Trial trial : study.trials()) {
      int number = trial.number();
      events.add(new StudyEvent.Proposed(number, trial.configuration()));
      for (Result result : trial.results()) {
        boolean last = result == trial.results().getLast();
        double seconds = last ? study.seconds().getOrDefault(number, 0.0) : 0;
        events.add(new StudyEvent.Measured(number, result, seconds));
      }
      Optional.ofNullable(study.provenances().get(number))
          .ifPresent(json -> events.add(new StudyEvent.Recorded(number, json)));
    }
    return events;
  }
}

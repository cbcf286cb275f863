package org.levin.tuning;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.levin.tuning.trial.Trial;

/** Which trials are the best. */
final class Best {
  private Best() {}

  /** Returns, of the trials that were trained longest, the one with the least loss. */
  static Optional<Trial> of(List<Trial> trials) {
    return longest(trials).stream().min(Comparator.comparingDouble(Best::loss));
  }

  /** Returns the trials that were trained longest; none where none was measured. */
  static List<Trial> longest(List<Trial> trials) {
    List<Trial> measured =
        trials.stream().filter(trial -> trial.measurement().isPresent()).toList();
    long longest = measured.stream().mapToLong(Trial::steps).max().orElse(0);
    return measured.stream().filter(trial -> trial.steps() == longest).toList();
  }

  static double loss(Trial trial) {
    return trial.measurement().orElseThrow().loss();
  }
}

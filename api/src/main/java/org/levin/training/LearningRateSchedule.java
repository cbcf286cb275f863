package org.levin.training;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** How the learning rate changes over a training: a factor for each step. */
public enum LearningRateSchedule {
  /** Changes nothing. */
  CONSTANT {
    @Override
    public double factor(long step, long steps) {
      return 1;
    }
  },

  /**
   * Falls along half a cosine from 1 to nearly 0: {@code (1 + cos x) / 2 = sin²((π - x) / 2)},
   * whose right side never rounds to 0.
   *
   * @see <a href="https://arxiv.org/abs/1608.03983">Loshchilov &amp; Hutter (2017)</a>
   */
  COSINE {
    @Override
    public double factor(long step, long steps) {
      double sine = StrictMath.sin(Math.PI / 2 * (steps - step + 1) / steps);
      return sine * sine;
    }
  };

  /**
   * Returns what the learning rate is multiplied by.
   *
   * @param step counted from 1
   * @param steps how many there will be, at least {@code step}
   * @return above 0, so that every step learns
   */
  public abstract double factor(long step, long steps);

  /**
   * Returns the name that provenance and the command line know it by: {@code constant}, {@code
   * cosine}.
   */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Returns the schedule of this label; throws {@link IllegalArgumentException} for another,
   * listing the labels.
   */
  public static LearningRateSchedule labelled(String label) {
    return List.of(values()).stream()
        .filter(schedule -> schedule.label().equals(label))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "schedule must be one of " + labels() + ", but was \"" + label + "\""));
  }

  private static String labels() {
    return List.of(values()).stream()
        .map(LearningRateSchedule::label)
        .collect(Collectors.joining(", "));
  }
}

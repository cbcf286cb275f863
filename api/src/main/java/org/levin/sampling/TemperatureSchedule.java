package org.levin.sampling;

import org.levin.internal.Arguments;

/** A temperature that changes along a text. */
@FunctionalInterface
public interface TemperatureSchedule {

  /**
   * Returns the temperature of a draw, which must be finite and above 0.
   *
   * @param draw counted from 0 at the beginning of the session
   */
  double at(long draw);

  /**
   * Returns the schedule that goes evenly from one temperature to another and stays there: a text
   * that begins boldly and ends in order, or the other way round.
   *
   * @param from the temperature of draw 0
   * @param to the temperature from draw {@code draws} on
   * @param draws at least 1
   */
  static TemperatureSchedule linear(double from, double to, long draws) {
    return new Linear(from, to, draws);
  }

  /** Evenly from one to another; see {@link #linear}. */
  record Linear(double from, double to, long draws) implements TemperatureSchedule {
    /** Checks the values. */
    public Linear {
      Arguments.positive(from, "temperature");
      Arguments.positive(to, "finalTemperature");
      Arguments.atLeast(1, draws, "draws");
    }

    @Override
    public double at(long draw) {
      return draw >= draws ? to : from + (to - from) * draw / draws;
    }

    @Override
    public String toString() {
      return from + " to " + to + " in " + draws;
    }
  }
}

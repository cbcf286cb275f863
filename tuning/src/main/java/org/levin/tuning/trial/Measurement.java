package org.levin.tuning.trial;

import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.levin.internal.Arguments;

/**
 * What was measured of a model.
 *
 * @param loss the validation loss, in nats per token; finite
 * @param parameters how many it has, if that was asked for
 * @param secondsPerCharacter how long it takes to write one, if that was asked for; above 0
 */
public record Measurement(
    double loss, OptionalLong parameters, OptionalDouble secondsPerCharacter) {

  /** Checks the numbers. */
  public Measurement {
    Arguments.finite(loss, "the loss");
    parameters.ifPresent(value -> Arguments.atLeast(1, value, "parameters"));
    secondsPerCharacter.ifPresent(value -> Arguments.positive(value, "secondsPerCharacter"));
  }

  /** Returns the measurement of a loss alone. */
  public static Measurement of(double loss) {
    return new Measurement(loss, OptionalLong.empty(), OptionalDouble.empty());
  }

  /**
   * Returns the value of an objective.
   *
   * @throws IllegalArgumentException if it was not measured
   */
  public double value(Objective objective) {
    OptionalDouble value =
        switch (objective) {
          case LOSS -> OptionalDouble.of(loss);
          case PARAMETERS ->
              parameters.isPresent()
                  ? OptionalDouble.of(parameters.getAsLong())
                  : OptionalDouble.empty();
          case TIME -> secondsPerCharacter;
        };
    return value.orElseThrow(
        () -> new IllegalArgumentException(objective.label() + " was not measured"));
  }
}

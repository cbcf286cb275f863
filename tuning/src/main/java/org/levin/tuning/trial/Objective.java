package org.levin.tuning.trial;

import java.util.Arrays;
import java.util.stream.Collectors;

/** What a search makes as small as it can. */
public enum Objective {
  /** The validation loss, in nats per token. */
  LOSS("loss"),
  /** The number of parameters of the model. */
  PARAMETERS("parameters"),
  /** How long the model takes to write a character, in seconds, as measured on this machine. */
  TIME("time");

  private final String label;

  Objective(String label) {
    this.label = label;
  }

  /** Returns the name in files and on the command line. */
  public String label() {
    return label;
  }

  /**
   * Returns the objective of a name.
   *
   * @throws IllegalArgumentException if there is none; the message names those that there are
   */
  public static Objective labelled(String label) {
    return Arrays.stream(values())
        .filter(objective -> objective.label.equals(label))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "objective must be one of %s, but was \"%.100s\""
                        .formatted(
                            Arrays.stream(values())
                                .map(Objective::label)
                                .collect(Collectors.joining(", ")),
                            label)));
  }
}

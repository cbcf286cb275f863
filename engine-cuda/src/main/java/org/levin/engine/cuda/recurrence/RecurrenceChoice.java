package org.levin.engine.cuda.recurrence;

import java.util.Locale;

/**
 * How the steps of a layer are launched. In single precision both ways give the same bits; on
 * tensor cores, sums of the backward pass are added in another order.
 */
public enum RecurrenceChoice {
  /**
   * All steps of a layer in few launches where that promises to be faster, or else step by step.
   */
  AUTO,
  /** Some launches a step. */
  STEPS,
  /** All steps of a layer in few launches; what does not fit is an error. */
  PERSISTENT;

  /** System property, for tests and diagnosis. */
  public static final String PROPERTY = "levin.cuda.recurrence";

  /**
   * Returns what the property says.
   *
   * @throws IllegalArgumentException if it is no choice
   */
  public static RecurrenceChoice current() {
    String name = System.getProperty(PROPERTY, "auto");
    for (RecurrenceChoice choice : values()) {
      if (choice.name().toLowerCase(Locale.ROOT).equals(name)) {
        return choice;
      }
    }
    throw new IllegalArgumentException(
        "the system property %s is auto, steps or persistent, but not \"%s\""
            .formatted(PROPERTY, name));
  }
}

package org.levin.engine.cuda.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How the engine is asked to compute.
 *
 * @param precision of matrix products; empty for the engine's own choice
 * @param recurrence how the steps of a layer are launched; likewise
 */
record Setting(Optional<String> precision, Optional<String> recurrence) {
  /** The engine's own choice. */
  static final Setting DEFAULT = new Setting(Optional.empty(), Optional.empty());

  private static final String PRECISION = "levin.cuda.precision";
  private static final String RECURRENCE = "levin.cuda.recurrence";

  static Setting precision(String precision) {
    return new Setting(Optional.of(precision), Optional.empty());
  }

  Setting recurrence(String recurrence) {
    return new Setting(precision, Optional.of(recurrence));
  }

  /** Returns the options of a JVM. */
  List<String> options() {
    List<String> options = new ArrayList<>();
    precision.ifPresent(value -> options.add("-D" + PRECISION + "=" + value));
    recurrence.ifPresent(value -> options.add("-D" + RECURRENCE + "=" + value));
    return options;
  }

  /**
   * Returns why an engine of this version does not compute as this JVM asks it to, if so. An engine
   * that knows only one precision does not look at the property.
   */
  static Optional<String> refusal(String version) {
    String asked = System.getProperty(PRECISION, "fp32");
    if (asked.equals("fp32") || version.contains(asked)) {
      return Optional.empty();
    }
    return Optional.of("the engine, version %s, does not say %s".formatted(version, asked));
  }

  @Override
  public String toString() {
    String label = precision.orElse("default");
    return recurrence.map(value -> label + ", " + value).orElse(label);
  }
}

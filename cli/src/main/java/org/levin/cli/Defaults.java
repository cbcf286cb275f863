package org.levin.cli;

import java.util.Collections;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.Map;
import java.util.ResourceBundle;
import org.levin.training.CheckpointInterval;
import org.levin.training.TrainingOptions;
import org.levin.tuning.Tuner;

/**
 * The trainer's defaults by name, for the help texts ({@code ${bundle:default.hiddenSize}}): they
 * are written down once, in the library.
 */
final class Defaults extends ResourceBundle {
  /** Without it, picocli would take the value of {@code seed} as the description of --seed. */
  private static final String PREFIX = "default.";

  private final Map<String, String> values = new HashMap<>();

  Defaults() {
    values.put(PREFIX + "checkpointEvery", CheckpointInterval.DEFAULT.toString());
    values.put(PREFIX + "trials", Integer.toString(Tuner.DEFAULT_TRIALS));
    TrainingOptions.defaults()
        .toMap()
        .forEach((name, value) -> values.put(PREFIX + name, value.toString()));
  }

  @Override
  protected Object handleGetObject(String key) {
    return values.get(key);
  }

  @Override
  public Enumeration<String> getKeys() {
    return Collections.enumeration(values.keySet());
  }
}

package org.levin.engine.cuda.check;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A part of the check: a process that tells its results line by line.
 *
 * @param name in the results
 * @param setting how the engine is asked to compute in it
 * @param limits of its time
 * @param command that starts it
 * @param environment added to that of this process
 */
record Part(
    PartName name,
    Setting setting,
    Limits limits,
    List<String> command,
    Map<String, String> environment) {

  /** Returns the key of its results: names, and the setting where a part has several. */
  String key() {
    return setting.equals(Setting.DEFAULT) ? name.key() : name.key() + " (" + setting + ")";
  }

  /** Returns its key as it can be typed: {@code tests-fp32-steps}. */
  String option() {
    return key().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("-$", "");
  }

  /** Returns whether it is asked for by an option, which is its own, or starts so. */
  boolean isNamed(String option) {
    return (option() + "-").startsWith(option + "-");
  }
}

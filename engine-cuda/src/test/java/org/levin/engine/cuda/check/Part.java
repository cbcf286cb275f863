package org.levin.engine.cuda.check;

import java.util.List;

/**
 * A part of the check: a process that tells its results line by line.
 *
 * @param name in the results
 * @param setting how the engine is asked to compute in it
 * @param limitSeconds after which it is ended
 * @param command that starts it
 */
record Part(PartName name, Setting setting, int limitSeconds, List<String> command) {

  /** Returns the key of its results: names, and the setting where a part has several. */
  String key() {
    return setting.equals(Setting.DEFAULT) ? name.key() : name.key() + " (" + setting + ")";
  }
}

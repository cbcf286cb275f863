package org.levin.engine;

import org.levin.internal.Arguments;

/**
 * How an engine may use the machine; nothing here changes a result.
 *
 * @param threads CPU threads for arithmetic, at least 1
 */
public record EngineOptions(int threads) {

  /** Checks the values. */
  public EngineOptions {
    Arguments.atLeast(1, threads, "threads");
  }

  /** Returns the options that use every processor. */
  public static EngineOptions defaults() {
    return new EngineOptions(Runtime.getRuntime().availableProcessors());
  }
}

package org.levin.cli;

import java.util.Optional;
import picocli.CommandLine.Option;

/** {@code --engine}: what computes. */
final class EngineFlag {
  @Option(
      names = "--engine",
      paramLabel = "NAME",
      description = "Engine to use; see 'levin engines'.")
  private String engine;

  /** Returns the name that was given. */
  Optional<String> name() {
    return Optional.ofNullable(engine);
  }
}

package org.levin.cli;

import org.levin.text.UnknownSymbols;
import picocli.CommandLine.Option;

/** {@code --unknown}: what to do with characters that a model does not know. */
final class UnknownFlag {
  static final String NAME = "--unknown";

  /** The two ways. */
  enum Way {
    ERROR,
    SKIP
  }

  @Option(
      names = NAME,
      paramLabel = "error|skip",
      defaultValue = "error",
      description = "What to do with characters that the model does not know (${DEFAULT-VALUE}).")
  private Way way;

  UnknownSymbols policy() {
    return way == Way.SKIP ? UnknownSymbols.skip() : UnknownSymbols.error();
  }
}

package org.levin.cli;

import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;

/** What to train on: texts or a corpus; null where it was not given. */
final class TextInput {
  @Option(
      names = "--text",
      paramLabel = "FILE",
      arity = "1..*",
      description = "Text files in UTF-8, one after the other.")
  List<Path> text;

  @Option(
      names = "--corpus",
      paramLabel = "FILE",
      description = "A corpus that 'levin encode' wrote.")
  Path corpus;
}

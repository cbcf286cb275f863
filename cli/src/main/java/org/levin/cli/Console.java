package org.levin.cli;

import java.io.PrintStream;

/**
 * Where a command writes.
 *
 * @param out results
 * @param err everything else
 * @param terminal whether a person watches {@code err}: then there are bars, otherwise plain lines
 */
record Console(PrintStream out, PrintStream err, boolean terminal) {
  /** The launcher knows best, because the JVM looks at the wrong stream: it sets this property. */
  private static final String PROPERTY = "levin.terminal";

  static boolean isTerminal() {
    String told = System.getProperty(PROPERTY);
    if (told != null) {
      return Boolean.parseBoolean(told);
    }
    java.io.Console console = System.console();
    return console != null && console.isTerminal();
  }
}

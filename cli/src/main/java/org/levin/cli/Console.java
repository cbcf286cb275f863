package org.levin.cli;

import java.io.PrintStream;

/**
 * Where a command writes.
 *
 * @param out results
 * @param err everything else
 * @param terminal whether a person watches {@code err}: then there are bars, otherwise plain lines
 * @param color whether a person watches {@code out}, and wants colors
 */
record Console(PrintStream out, PrintStream err, boolean terminal, boolean color) {
  /** The launcher knows best, because the JVM looks at the wrong streams: it sets these. */
  private static final String TERMINAL = "levin.terminal";

  private static final String COLOR = "levin.color";

  /** A custom of terminals (no-color.org): who sets it, to anything, wants none. */
  private static final String NO_COLOR = "NO_COLOR";

  /** Returns, unless standard output is closed: whoever read it has seen enough. */
  void requireReader() {
    if (out.checkError()) {
      throw new NobodyReadsException();
    }
  }

  static Console of(PrintStream out, PrintStream err) {
    boolean wanted = System.getenv().getOrDefault(NO_COLOR, "").isEmpty();
    return new Console(out, err, isTerminal(TERMINAL), wanted && isTerminal(COLOR));
  }

  private static boolean isTerminal(String property) {
    String told = System.getProperty(property);
    if (told != null) {
      return Boolean.parseBoolean(told);
    }
    java.io.Console console = System.console();
    return console != null && console.isTerminal();
  }
}

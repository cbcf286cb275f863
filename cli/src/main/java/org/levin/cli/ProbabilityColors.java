package org.levin.cli;

/** Paints text by its probability, from green for the likely to red for the unlikely. */
final class ProbabilityColors {
  private static final String FOREGROUND = "\u001b[38;5;";

  /** A space has nothing else to be colored. */
  private static final String BACKGROUND = "\u001b[48;5;";

  private static final String RESET = "\u001b[0m";

  /** The least probability of each color; below the last one, the last color. */
  private static final double[] LEAST = {0.5, 0.2, 0.1, 0.03, 0.005};

  /** Of the 256-color palette: green, lime, yellow, orange, red, magenta. */
  private static final int[] COLORS = {34, 112, 220, 208, 196, 201};

  private ProbabilityColors() {}

  /** Returns the text, with what colors it if there is a terminal. */
  static String paint(Console console, String text, double logProbability) {
    if (!console.color() || text.isEmpty() || text.contains("\n")) {
      return text;
    }
    double probability = Math.exp(logProbability);
    int level = 0;
    while (level < LEAST.length && probability < LEAST[level]) {
      level++;
    }
    return (text.isBlank() ? BACKGROUND : FOREGROUND) + COLORS[level] + "m" + text + RESET;
  }
}

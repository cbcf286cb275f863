package org.levin.tuning.insight;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;
import org.levin.internal.Arguments;

/** Pieces of texts for a terminal. */
final class Drawing {
  private static final int NARROWEST = 40;
  private static final int LONGEST_NAME = 18;
  private static final MathContext DIGITS = new MathContext(4);

  /** Longer numbers are written with an exponent. */
  private static final int LONGEST_NUMBER = 9;

  private static final String ACROSS = " ▏▎▍▌▋▊▉";
  private static final String UPWARD = " ▁▂▃▄▅▆▇█";
  private static final int EIGHTHS = 8;

  private Drawing() {}

  static void requireWidth(int width) {
    Arguments.atLeast(NARROWEST, width, "the width of a text");
  }

  /** Returns a bar from left to right, of {@code share} of the width; no spaces behind. */
  static String bar(double share, int width) {
    int eighths = (int) Math.round(share * width * EIGHTHS);
    return ("█".repeat(eighths / EIGHTHS) + ACROSS.charAt(eighths % EIGHTHS)).stripTrailing();
  }

  /**
   * Returns what is seen of an upright bar in one row.
   *
   * @param eighths the height of the whole bar, in eighths of a row
   * @param row counted from the bottom, from 0
   */
  static char upright(int eighths, int row) {
    return UPWARD.charAt(Math.clamp(eighths - row * EIGHTHS, 0, EIGHTHS));
  }

  /** Returns a name, cut where it is very long. */
  static String name(String name) {
    return name.length() > LONGEST_NAME ? name.substring(0, LONGEST_NAME - 1) + "…" : name;
  }

  static String left(String text, int width) {
    return text + " ".repeat(Math.max(0, width - text.length()));
  }

  static String right(String text, int width) {
    return " ".repeat(Math.max(0, width - text.length())) + text;
  }

  static String loss(double loss) {
    return String.format(Locale.ROOT, "%.4f", loss);
  }

  /** Returns a value for readers: real numbers have four digits that count. */
  static String value(Object value) {
    if (!(value instanceof Double number) || !Double.isFinite(number)) {
      return value.toString();
    }
    BigDecimal rounded = new BigDecimal(number).round(DIGITS).stripTrailingZeros();
    String plain = rounded.toPlainString();
    return plain.length() <= LONGEST_NUMBER ? plain : rounded.toString();
  }
}

package org.levin.tuning.space;

import java.util.regex.Pattern;
import org.levin.internal.Arguments;

/** The values that a parameter can have: Longs, Doubles and Strings, and no others. */
final class Values {
  private static final Pattern TEXT = Pattern.compile("[A-Za-z][A-Za-z0-9_.-]*");
  private static final Pattern WHOLE = Pattern.compile("[+-]?[0-9]{1,18}");

  private Values() {}

  /** Returns a value in its one form. */
  static Object plain(Object value) {
    return switch (value) {
      case Integer number -> Long.valueOf(number);
      case Long number -> number;
      case Float number -> real(number);
      case Double number -> real(number);
      case String text -> text(text);
      case null, default ->
          throw new IllegalArgumentException(
              "a value is a whole number, a real number or a text, but was " + value);
    };
  }

  private static Double real(double number) {
    return Arguments.finite(number, "a value");
  }

  /** What can be written in the text form of a space, and read again. */
  private static String text(String text) {
    Arguments.require(
        TEXT.matcher(text).matches(),
        "a text is letters, digits, '-', '_' and '.', a letter first, but was \"%.100s\"",
        text);
    return text;
  }

  /** Returns the value that a text stands for. */
  static Object parse(String text) {
    if (WHOLE.matcher(text).matches()) {
      return Long.valueOf(text);
    }
    if (TEXT.matcher(text).matches()) {
      return text;
    }
    return real(number(text));
  }

  /** Returns the number that a text stands for. */
  static double number(String text) {
    try {
      return Arguments.finite(Double.parseDouble(text), "\"" + text + "\"");
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("\"%.100s\" is no number".formatted(text), e);
    }
  }

  /** Returns whether a text stands for a whole number. */
  static boolean isWhole(String text) {
    return WHOLE.matcher(text).matches();
  }
}

package org.levin.tuning.space;

import java.util.regex.Pattern;
import org.levin.internal.Arguments;

/** The values that a parameter can have: Longs, Doubles and Strings, and no others. */
final class Values {
  private static final Pattern TEXT =
      Pattern.compile("(?!(?:NaN|Infinity)$)[A-Za-z][A-Za-z0-9_.-]{0,99}");

  private static final Pattern WHOLE = Pattern.compile("[+-]?[0-9]+");
  private static final Pattern NUMBER =
      Pattern.compile("[+-]?(?:[0-9]+(?:\\.[0-9]*)?|\\.[0-9]+)(?:[eE][+-]?[0-9]+)?");

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

  /** Returns a finite number; a negative zero, which is another value only to Java, as zero. */
  static double real(double number) {
    return Arguments.finite(number, "a value") + 0.0;
  }

  /** What can be written in the text form of a space, and read again. */
  private static String text(String text) {
    Arguments.require(
        isText(text),
        "a text is up to 100 letters, digits, '-', '_' and single '.', a letter first, but was \"%.100s\"",
        text);
    return text;
  }

  /** Returns the value that a text stands for. */
  static Object parse(String text) {
    if (isWhole(text)) {
      return whole(text);
    }
    return isText(text) ? text : (Object) number(text);
  }

  /** Two dots would be a range. */
  private static boolean isText(String text) {
    return TEXT.matcher(text).matches() && !text.contains("..");
  }

  /** Returns the number that a text stands for. */
  static double number(String text) {
    Arguments.require(NUMBER.matcher(text).matches(), "\"%.100s\" is no number", text);
    return real(Arguments.finite(Double.parseDouble(text), "\"%.100s\"".formatted(text)));
  }

  /** Returns the whole number that a text stands for. */
  static long whole(String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "\"%.100s\" is too large for a whole number; %d is the largest"
              .formatted(text, Long.MAX_VALUE),
          e);
    }
  }

  /** Returns whether a text stands for a whole number, however large. */
  static boolean isWhole(String text) {
    return WHOLE.matcher(text).matches();
  }
}

package org.levin.hostile;

import java.util.List;
import java.util.Random;

/** What may stand where something else should. */
final class Nonsense {
  /** Deeper than any stack that a reader might climb. */
  private static final int DEEP = 100_000;

  /** A class that tells when it is loaded. */
  static final String CLASS = "org.levin.provenance.Tripwire";

  static final List<Long> NUMBERS =
      List.of(
          -1L,
          0L,
          1L,
          2L,
          7L,
          63L,
          127L,
          128L,
          255L,
          65_535L,
          100_000_000L,
          100_000_001L,
          (long) Integer.MAX_VALUE,
          1L << 31,
          1L << 32,
          1L << 40,
          1L << 61,
          1L << 62,
          Long.MAX_VALUE,
          Long.MIN_VALUE,
          -8L);

  private static final List<String> JSON =
      List.of(
          "null",
          "true",
          "{}",
          "[]",
          "[[[[",
          "{\"",
          "\"",
          "}",
          "]",
          ",",
          ":",
          "\\",
          "\"\"",
          "\"\\u0000\"",
          "\"\\ud800\"",
          "\"\\u001b[31m\"",
          "\"F16\"",
          "\"lstm\"",
          "\"__metadata__\"",
          "\"levin.sha256\"",
          "NaN",
          "/**/",
          "\0",
          "\u00e9",
          "\ud83d\ude00",
          "-0",
          "0.5",
          "1e400",
          "1e9",
          "00",
          "9223372036854775808",
          "18446744073709551616",
          "1" + "0".repeat(400),
          "\"" + CLASS + "\"");

  private Nonsense() {}

  static <T> T pick(List<T> choices, Random random) {
    return choices.get(random.nextInt(choices.size()));
  }

  static long number(Random random) {
    return pick(NUMBERS, random);
  }

  /**
   * Returns a number as a text may have it: also above what a long holds, and others that are no
   * whole number.
   */
  static String digits(Random random) {
    return random.nextInt(3) > 0 ? Long.toString(number(random)) : json(random);
  }

  static String json(Random random) {
    return pick(JSON, random);
  }

  /** Returns JSON, or the beginning of it, that is very deep; all forms take about 100 kB. */
  static String deep(Random random) {
    return switch (random.nextInt(3)) {
      case 0 -> "[".repeat(DEEP);
      case 1 -> "[".repeat(DEEP / 2) + "]".repeat(DEEP / 2);
      default -> "{\"a\":".repeat(DEEP / 6) + "1";
    };
  }

  static String longText(Random random) {
    return Character.toString(pick(List.of((int) 'x', 0x1b, 0xe9, 0x1f600), random))
        .repeat(random.nextInt(1_000, 10_000));
  }
}

package org.levin.internal;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Checks of arguments at the public door. Each returns the value, so that constructors stay flat,
 * or throws {@link IllegalArgumentException}.
 */
public final class Arguments {
  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

  private Arguments() {}

  /** Returns {@code value} if it is at least {@code least}. */
  public static int atLeast(int least, int value, String name) {
    return (int) atLeast((long) least, value, name);
  }

  /** Returns {@code value} if it is at least {@code least}. */
  public static long atLeast(long least, long value, String name) {
    require(value >= least, "%s must be at least %d, but was %d", name, least, value);
    return value;
  }

  /** Returns {@code value} if it is finite and above zero. */
  public static double positive(double value, String name) {
    require(
        value > 0 && Double.isFinite(value),
        "%s must be a finite number above 0, but was %s",
        name,
        value);
    return value;
  }

  /** Returns {@code value} if it is finite. */
  public static double finite(double value, String name) {
    require(Double.isFinite(value), "%s must be a finite number, but was %s", name, value);
    return value;
  }

  /** Returns {@code value} if it lies in {@code (0, 1]}. */
  public static double share(double value, String name) {
    require(value > 0 && value <= 1, "%s must be above 0 and at most 1, but was %s", name, value);
    return value;
  }

  /** Returns {@code value} if it lies in {@code [0, 1)}. */
  public static double fraction(double value, String name) {
    require(value >= 0 && value < 1, "%s must be at least 0 and below 1, but was %s", name, value);
    return value;
  }

  /** Returns {@code value} if it is a SHA-256 as 64 lower-case hexadecimal digits. */
  public static String sha256(String value, String name) {
    require(
        SHA256.matcher(value).matches(),
        "%s must be 64 lower-case hexadecimal digits, but was \"%.200s\"",
        name,
        value);
    return value;
  }

  /** Throws with the formatted message unless {@code condition} holds. */
  public static void require(boolean condition, String message, Object... values) {
    if (!condition) {
      throw new IllegalArgumentException(String.format(Locale.ROOT, message, values));
    }
  }
}

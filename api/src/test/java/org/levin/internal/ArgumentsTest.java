package org.levin.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class ArgumentsTest {

  @Test
  void returnsWhatItAccepts() {
    assertEquals(3, Arguments.atLeast(3, 3, "rows"));
    assertEquals(Integer.MAX_VALUE, Arguments.atLeast(0, Integer.MAX_VALUE, "rows"));
    assertEquals(1L << 40, Arguments.atLeast(3L, 1L << 40, "rows"));
    assertEquals(Double.MIN_VALUE, Arguments.positive(Double.MIN_VALUE, "rate"));
    assertEquals(0.0, Arguments.fraction(0, "dropout"));
    assertEquals(Math.nextDown(1.0), Arguments.fraction(Math.nextDown(1.0), "dropout"));
    Arguments.require(true, "never thrown");
  }

  @Test
  void namesWhatWasGivenAndWhatWasExpected() {
    refuses("rows must be at least 3, but was 2", () -> Arguments.atLeast(3, 2, "rows"));
    refuses("rows must be at least 3, but was -9", () -> Arguments.atLeast(3L, -9L, "rows"));
    for (double bad : new double[] {0, -0.0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
      refuses(
          "rate must be a finite number above 0, but was " + bad,
          () -> Arguments.positive(bad, "rate"));
    }
    for (double bad : new double[] {-Double.MIN_VALUE, 1, Double.NaN, Double.POSITIVE_INFINITY}) {
      refuses(
          "dropout must be at least 0 and below 1, but was " + bad,
          () -> Arguments.fraction(bad, "dropout"));
    }
  }

  @Test
  void speaksTheSameOnEveryMachine() {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
      refuses(
          "1234.5 and 10 of 100%",
          () -> Arguments.require(false, "%.1f and %d of 100%%", 1234.5, 10));
    } finally {
      Locale.setDefault(before);
    }
  }

  private static void refuses(String message, Executable call) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, call).getMessage());
  }
}

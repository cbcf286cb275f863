package org.levin.engine.cpu.plain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

class PlainMathTest {
  @FunctionalInterface
  private interface FloatFunction {
    float apply(float x);
  }

  @Test
  void expIsWithinTwoUnitsInTheLastPlace() {
    assertWithinUlps(2, PlainMath.EXP_MIN, PlainMath.EXP_MAX, PlainMath::exp, Math::exp);
  }

  @Test
  void tanhIsWithinThreeUnitsInTheLastPlace() {
    assertWithinUlps(3, -12, 12, PlainMath::tanh, Math::tanh);
    assertWithinUlps(3, -1e-3f, 1e-3f, PlainMath::tanh, Math::tanh);
  }

  @Test
  void sigmoidIsWithinThreeUnitsInTheLastPlace() {
    assertWithinUlps(3, -80, 80, PlainMath::sigmoid, x -> 1 / (1 + Math.exp(-x)));
  }

  @Test
  void nothingOverflowsOrVanishes() {
    for (float x : new float[] {Float.MAX_VALUE, Float.POSITIVE_INFINITY, 1e6f}) {
      assertTrue(Float.isFinite(PlainMath.exp(x)));
      assertTrue(PlainMath.exp(-x) > 0);
      assertEquals(1f, PlainMath.tanh(x));
      assertEquals(-1f, PlainMath.tanh(-x));
      assertEquals(1f, PlainMath.sigmoid(x));
      assertEquals(0f, PlainMath.sigmoid(-x), 1e-37f);
    }
  }

  @Test
  void notANumberStaysSo() {
    assertTrue(Float.isNaN(PlainMath.exp(Float.NaN)));
    assertTrue(Float.isNaN(PlainMath.tanh(Float.NaN)));
    assertTrue(Float.isNaN(PlainMath.sigmoid(Float.NaN)));
  }

  private static void assertWithinUlps(
      double ulps, float from, float to, FloatFunction function, DoubleUnaryOperator exact) {
    int points = 400_000;
    for (int i = 0; i <= points; i++) {
      float x = (float) (from + (to - (double) from) * i / points);
      double expected = exact.applyAsDouble(x);
      assertEquals(expected, function.apply(x), ulps * Math.ulp((float) expected), "at " + x);
    }
  }
}

package org.levin.engine.cpu.plain;

/**
 * Elementary functions as chains of IEEE operations, so that they give the same bits on every
 * machine. Exp is within 2 units in the last place of the exact value, tanh and sigmoid within 3.
 * The vector twin repeats them operation by operation.
 *
 * <p>The coefficients are those of Cephes' {@code expf}. Tanh and sigmoid are {@code t/(t+2)} and
 * {@code 1/(t+2)} of {@code t = e^y - 1}: no branch, and nothing cancels.
 *
 * @see <a href="https://www.netlib.org/cephes/">Moshier, Cephes Mathematical Library</a>
 */
public final class PlainMath {
  /**
   * Beyond these, e^x is not a normal float; the argument is clamped, so that results stay finite
   * and above zero.
   */
  public static final float EXP_MIN = -87.0f;

  /** See {@link #EXP_MIN}. */
  public static final float EXP_MAX = 88.0f;

  /** log2(e). */
  public static final float LOG2_E = 1.44269504f;

  /** 1.5·2^23: adding it rounds a small float to an integer, which then stands in the low bits. */
  public static final float ROUNDER = 12582912f;

  /** Minus ln 2, its leading bits. */
  public static final float MINUS_LN2_HIGH = -0.693359375f;

  /** Minus ln 2, the rest. */
  public static final float MINUS_LN2_LOW = 2.12194440e-4f;

  /** exp's polynomial, highest power first. */
  public static final float E5 = 1.9875691500e-4f;

  /** See {@link #E5}. */
  public static final float E4 = 1.3981999507e-3f;

  /** See {@link #E5}. */
  public static final float E3 = 8.3334519073e-3f;

  /** See {@link #E5}. */
  public static final float E2 = 4.1665795894e-2f;

  /** See {@link #E5}. */
  public static final float E1 = 1.6666665459e-1f;

  /** See {@link #E5}. */
  public static final float E0 = 5.0000001201e-1f;

  private PlainMath() {}

  /** Returns e^x, with x clamped to {@code [EXP_MIN, EXP_MAX]}; NaN for NaN. */
  public static float exp(float x) {
    return exp(x, 0f);
  }

  /** Returns 1/(1+e^-x). */
  public static float sigmoid(float x) {
    return 1f / (exp(-x, 1f) + 2f);
  }

  /** Returns the hyperbolic tangent. */
  public static float tanh(float x) {
    float t = exp(x + x, 1f);
    return t / (t + 2f);
  }

  /**
   * Returns e^x - subtrahend, x clamped, with one rounding at the end; so that e^x - 1 keeps its
   * digits where x is small.
   */
  public static float exp(float x, float subtrahend) {
    // Not min and max, which look at signs of zeros; NaN passes.
    float clamped = x < EXP_MIN ? EXP_MIN : x > EXP_MAX ? EXP_MAX : x;
    float shifted = Math.fma(clamped, LOG2_E, ROUNDER);
    float n = shifted - ROUNDER;
    float r = Math.fma(n, MINUS_LN2_LOW, Math.fma(n, MINUS_LN2_HIGH, clamped));
    float p = Math.fma(E5, r, E4);
    p = Math.fma(p, r, E3);
    p = Math.fma(p, r, E2);
    p = Math.fma(p, r, E1);
    p = Math.fma(p, r, E0);
    p = Math.fma(p, r * r, r);
    // The constant's own bits vanish in the shift; what is left is n, in the place of the exponent.
    float power = Float.intBitsToFloat((Float.floatToRawIntBits(shifted) << 23) + 0x3f800000);
    return Math.fma(p, power, power - subtrahend);
  }
}

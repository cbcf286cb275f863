package org.levin.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.levin.format.Sha256;
import org.levin.internal.ChiSquare;

class InitializationTest {

  /** Computed by another program, from the description of Philox and of the counters alone. */
  @Test
  void givesTheValuesThatTheDescriptionOfTheCountersGives() {
    float[] values = uniform(2, 7, 5, 42);
    assertArrayEquals(
        new float[] {
          0x1.5dc184p-4f, -0x1.850f8p-6f, -0x1.4a595cp-2f, -0x1.ecbcf8p-4f, 0x1.79876ap-2f
        },
        Arrays.copyOf(values, 5));
    assertEquals(0x1.204d92p-3f, values[values.length - 1]);
    assertEquals(
        "d93f20588fc0f9c3b5762ba2f7ef306bd18cff541a6d5f04123d820151977956", digest(values));
    assertEquals(
        "2f23dd3f11d80fbfe5b9de9084074d29fb2770d9fdec9b34ffa6072042788cac",
        digest(uniform(1, 3, 2, -5)));
  }

  @Test
  void isUniformWithinTheBoundsOfPyTorch() {
    int hidden = 64;
    Parameters parameters =
        Initialization.UNIFORM.parameters(LstmArchitecture.of(2, hidden), 83, 20260101);
    double bound = 1 / Math.sqrt(hidden);
    for (ParameterTensor tensor : parameters.tensors()) {
      float[] values = parameters.toArray(tensor);
      double sum = 0;
      double squares = 0;
      for (float value : values) {
        assertTrue(Math.abs(value) <= bound, tensor.name() + " has " + value);
        sum += value;
        squares += (double) value * value;
      }
      // Five standard errors of mean and variance of a uniform distribution.
      double variance = bound * bound / 3;
      double errors = 5 / Math.sqrt(values.length);
      assertEquals(0, sum / values.length, errors * Math.sqrt(variance), tensor.name());
      assertEquals(
          variance, squares / values.length, errors * variance * Math.sqrt(0.8), tensor.name());
    }
  }

  /** Every part of the range alike, and a value says nothing of the next. */
  @Test
  void fillsTheRangeEvenlyAndItsNeighborsIndependently() {
    int parts = 8;
    double[] even = new double[parts * parts];
    Arrays.fill(even, 1.0 / even.length);
    float[] values = uniform(2, 128, 83, 20260101);
    double bound = 1 / Math.sqrt(128);
    long[] pairs = new long[even.length];
    for (int i = 0; i + 1 < values.length; i += 2) {
      pairs[part(values[i], bound, parts) * parts + part(values[i + 1], bound, parts)]++;
    }
    ChiSquare.assertFits(even, pairs, "pairs of seed 20260101");
    float[] other = uniform(2, 128, 83, 20260102);
    long[] seeds = new long[even.length];
    for (int i = 0; i < values.length; i++) {
      seeds[part(values[i], bound, parts) * parts + part(other[i], bound, parts)]++;
    }
    ChiSquare.assertFits(even, seeds, "seeds 20260101 and 20260102");
  }

  private static int part(float value, double bound, int parts) {
    return Math.min(parts - 1, (int) ((value / bound + 1) / 2 * parts));
  }

  @Test
  void byFanInTheWeightsOfTheOneHotInputAloneReachOne() {
    LstmArchitecture architecture = LstmArchitecture.of(2, 64);
    Parameters uniform = Initialization.UNIFORM.parameters(architecture, 83, 5);
    Parameters fanIn = Initialization.FAN_IN.parameters(architecture, 83, 5);
    for (ParameterTensor tensor : uniform.tensors()) {
      float[] expected = uniform.toArray(tensor);
      if (tensor.name().equals("lstm.weight_ih_l0")) {
        for (int i = 0; i < expected.length; i++) {
          expected[i] *= 8;
        }
      }
      assertArrayEquals(expected, fanIn.toArray(tensor), tensor.name());
    }
  }

  @ParameterizedTest
  @EnumSource
  void isFoundByItsLabel(Initialization initialization) {
    assertEquals(initialization, Initialization.labelled(initialization.label()));
  }

  @Test
  void refusesAnUnknownLabelAndListsTheKnown() {
    var refusal =
        assertThrows(IllegalArgumentException.class, () -> Initialization.labelled("FAN_IN"));
    assertEquals(
        "initialization must be one of fan-in, uniform, but was \"FAN_IN\"", refusal.getMessage());
  }

  @Test
  void theSameSeedGivesTheSameValuesAndAnotherOthers() {
    assertArrayEquals(uniform(2, 9, 11, 7), uniform(2, 9, 11, 7));
    assertFalse(Arrays.equals(uniform(2, 9, 11, 7), uniform(2, 9, 11, 8)));
    assertFalse(
        Arrays.equals(uniform(2, 9, 11, 7), uniform(2, 9, 11, 7 | 1L << 32)),
        "all 64 bits of a seed count");
  }

  @Test
  void noTwoTensorsShareTheirNumbers() {
    Parameters parameters = Initialization.UNIFORM.parameters(LstmArchitecture.of(3, 8), 8, 1);
    long distinct =
        parameters.tensors().stream()
            .map(tensor -> Arrays.hashCode(Arrays.copyOf(parameters.toArray(tensor), 8)))
            .distinct()
            .count();
    assertEquals(parameters.tensors().size(), distinct);
  }

  private static float[] uniform(int layers, int hidden, int vocabulary, long seed) {
    return Initialization.UNIFORM
        .parameters(LstmArchitecture.of(layers, hidden), vocabulary, seed)
        .toArray();
  }

  private static String digest(float[] values) {
    ByteBuffer bytes = ByteBuffer.allocate(values.length * 4).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    return new Sha256().update(bytes).hex();
  }
}

package org.levin.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class ParametersTest {
  private static final LstmArchitecture ARCHITECTURE = LstmArchitecture.of(1, 3);
  private static final int VOCABULARY = 2;
  private static final int COUNT = 92;

  @Test
  void keepsItsValuesWhateverBecomesOfTheArrays() {
    float[] values = values();
    Parameters parameters = Parameters.of(ARCHITECTURE, VOCABULARY, values);
    values[0] = 77;
    parameters.toArray()[1] = 77;
    assertArrayEquals(values(), parameters.toArray());
    assertEquals(COUNT, parameters.count());
    assertEquals(ARCHITECTURE, parameters.architecture());
    assertEquals(VOCABULARY, parameters.vocabularySize());
  }

  @Test
  void givesEachTensorItsOwnValues() {
    Parameters parameters = Parameters.of(ARCHITECTURE, VOCABULARY, values());
    float[] joined = new float[COUNT];
    for (ParameterTensor tensor : parameters.tensors()) {
      float[] own = parameters.toArray(tensor);
      assertEquals(tensor.length(), own.length);
      System.arraycopy(own, 0, joined, tensor.offset(), own.length);
    }
    assertArrayEquals(values(), joined);
    assertArrayEquals(new float[] {90, 91}, parameters.toArray(parameters.tensors().getLast()));
  }

  @Test
  void refusesAnotherNumberOfValues() {
    for (int length : new int[] {0, COUNT - 1, COUNT + 1}) {
      refuses("expected 92 parameters, but got " + length, new float[length]);
    }
  }

  @Test
  void refusesWhatIsNotFiniteAndNamesThePlace() {
    refuses("lstm.weight_ih_l0 has the value NaN at 0", with(0, Float.NaN));
    refuses("lstm.bias_hh_l0 has the value Infinity at 11", with(83, Float.POSITIVE_INFINITY));
    refuses("fc.bias has the value -Infinity at 1", with(91, Float.NEGATIVE_INFINITY));
  }

  private static float[] values() {
    float[] values = new float[COUNT];
    for (int i = 0; i < COUNT; i++) {
      values[i] = i;
    }
    return values;
  }

  private static float[] with(int index, float value) {
    float[] values = values();
    values[index] = value;
    return values;
  }

  private static void refuses(String message, float[] values) {
    var refusal =
        assertThrows(
            IllegalArgumentException.class, () -> Parameters.of(ARCHITECTURE, VOCABULARY, values));
    assertEquals(message, refusal.getMessage());
  }
}

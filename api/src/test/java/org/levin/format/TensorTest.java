package org.levin.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class TensorTest {

  @Test
  void refusesAShapeThatItsValuesDoNotFill() {
    for (int[] shape : new int[][] {{}, {2}, {2, 3, 2}, {6, 0}, {65536, 65536}, {-2, -3}}) {
      IllegalArgumentException exception =
          assertThrows(
              IllegalArgumentException.class, () -> Tensor.of("fc.weight", new float[6], shape));
      assertTrue(exception.getMessage().contains("fc.weight"), exception::getMessage);
    }
    int[] overflowing = new int[40];
    Arrays.fill(overflowing, Integer.MAX_VALUE);
    assertThrows(IllegalArgumentException.class, () -> Tensor.of("a", new float[1], overflowing));
  }

  @Test
  void refusesAReservedNameAndTooManyDimensions() {
    assertThrows(IllegalArgumentException.class, () -> Tensor.of("__metadata__", new float[0], 0));
    List<Integer> ones = Collections.nCopies(65, 1);
    assertThrows(IllegalArgumentException.class, () -> new Tensor("a", ones, new float[1]));
  }

  @Test
  void allowsScalarsAndEmptyTensors() {
    assertEquals(List.of(), Tensor.of("scalar", new float[1]).shape());
    assertEquals(
        List.of(Integer.MAX_VALUE, Integer.MAX_VALUE, 0),
        Tensor.of("empty", new float[0], Integer.MAX_VALUE, Integer.MAX_VALUE, 0).shape());
  }

  @Test
  void keepsItsOwnShape() {
    List<Integer> shape = new ArrayList<>(List.of(2));
    Tensor tensor = new Tensor("a", shape, new float[2]);
    shape.set(0, 3);
    assertEquals(List.of(2), tensor.shape());
  }

  @Test
  void isEqualIfNameShapeAndValuesAre() {
    Tensor tensor = Tensor.of("a", new float[] {0, Float.NaN}, 2);
    assertEquals(tensor, Tensor.of("a", new float[] {0, Float.NaN}, 2));
    assertEquals(tensor.hashCode(), Tensor.of("a", new float[] {0, Float.NaN}, 2).hashCode());
    assertNotEquals(tensor, Tensor.of("b", new float[] {0, Float.NaN}, 2));
    assertNotEquals(tensor, Tensor.of("a", new float[] {0, Float.NaN}, 1, 2));
    assertNotEquals(tensor, Tensor.of("a", new float[] {-0f, Float.NaN}, 2));
  }

  @Test
  void showsNameAndShape() {
    assertEquals("fc.bias [1, 2]", Tensor.of("fc.bias", new float[2], 1, 2).toString());
  }
}

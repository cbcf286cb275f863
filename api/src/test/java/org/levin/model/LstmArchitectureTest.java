package org.levin.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LstmArchitectureTest {

  /** The order and shapes of {@code nn.LSTM(5, 7, 3)} and {@code nn.Linear(7, 5)}. */
  @Test
  void listsItsTensorsAsPyTorchDoes() {
    List<String> tensors =
        LstmArchitecture.of(3, 7).tensors(5).stream()
            .map(tensor -> tensor.name() + " " + tensor.shape() + " at " + tensor.offset())
            .toList();
    assertEquals(
        List.of(
            "lstm.weight_ih_l0 [28, 5] at 0",
            "lstm.weight_hh_l0 [28, 7] at 140",
            "lstm.bias_ih_l0 [28] at 336",
            "lstm.bias_hh_l0 [28] at 364",
            "lstm.weight_ih_l1 [28, 7] at 392",
            "lstm.weight_hh_l1 [28, 7] at 588",
            "lstm.bias_ih_l1 [28] at 784",
            "lstm.bias_hh_l1 [28] at 812",
            "lstm.weight_ih_l2 [28, 7] at 840",
            "lstm.weight_hh_l2 [28, 7] at 1036",
            "lstm.bias_ih_l2 [28] at 1232",
            "lstm.bias_hh_l2 [28] at 1260",
            "fc.weight [5, 7] at 1288",
            "fc.bias [5] at 1323"),
        tensors);
  }

  @ParameterizedTest
  @CsvSource({"1,1,1", "1,37,83", "2,7,2", "3,16,256", "2,512,83"})
  void countsTheParametersOfItsTensors(int layers, int hidden, int vocabulary) {
    LstmArchitecture architecture = LstmArchitecture.of(layers, hidden);
    var tensors = architecture.tensors(vocabulary);
    long sum = tensors.stream().mapToLong(ParameterTensor::length).sum();
    assertEquals(sum, architecture.parameterCount(vocabulary));
    assertEquals(sum, tensors.getLast().end());
    int next = 0;
    for (ParameterTensor tensor : tensors) {
      assertEquals(next, tensor.offset(), tensor.name());
      next = tensor.end();
    }
  }

  /** PyTorch's own count for this recipe. */
  @Test
  void theReferenceRecipeHasAsManyParametersAsInPyTorch() {
    assertEquals(3_366_483, LstmArchitecture.of(2, 512).parameterCount(83));
  }

  @Test
  void countsBeyondAnArrayAndSaturatesBeyondALong() {
    assertEquals(90_001_400_001L, LstmArchitecture.of(1, 100_000).parameterCount(100_001));
    int most = Integer.MAX_VALUE;
    assertEquals(Long.MAX_VALUE, LstmArchitecture.of(most, most).parameterCount(most));
    assertEquals(Long.MAX_VALUE, LstmArchitecture.of(2, most).parameterCount(1));
  }

  @Test
  void refusesMoreParametersThanAnArrayHolds() {
    for (int layers : new int[] {1, Integer.MAX_VALUE}) {
      String message =
          assertThrows(
                  IllegalArgumentException.class,
                  () -> LstmArchitecture.of(layers, 30_000).tensors(83))
              .getMessage();
      assertTrue(message.startsWith(layers + " layers of 30000 units over 83 symbols"), message);
      assertTrue(message.contains("2147483639"), message);
    }
  }

  @Test
  void takesAsManyParametersAsAnArrayHolds() {
    // 4·(V + 1 + 2) + 2·V parameters of one unit: 2147483634 fit, 2147483640 do not.
    LstmArchitecture smallest = LstmArchitecture.of(1, 1);
    assertEquals(2_147_483_634, smallest.tensors(357_913_937).getLast().end());
    assertThrows(IllegalArgumentException.class, () -> smallest.tensors(357_913_938));
  }

  @Test
  void refusesSizesBelowOne() {
    refuses("layers must be at least 1, but was 0", 0, 1, 1);
    refuses("hiddenSize must be at least 1, but was -2", 1, -2, 1);
    refuses("vocabularySize must be at least 1, but was 0", 1, 1, 0);
  }

  private static void refuses(String message, int layers, int hidden, int vocabulary) {
    var refusal =
        assertThrows(
            IllegalArgumentException.class,
            () -> LstmArchitecture.of(layers, hidden).tensors(vocabulary));
    assertEquals(message, refusal.getMessage());
  }
}

package org.levin.engine.cuda.recurrence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.levin.engine.cuda.driver.CudaDevice;
import org.levin.engine.cuda.kernel.Precision;

class RecurrencePlanTest {
  private static final CudaDevice H200 = device(132, 227);
  private static final CudaDevice A100 = device(108, 163);

  private static CudaDevice device(int multiprocessors, int kibibytes) {
    return new CudaDevice(
        0, "device of the test", 90, 1L << 36, multiprocessors, kibibytes << 10, true, false);
  }

  @ParameterizedTest
  @CsvSource({
    "FORWARD, 4, 32, 32, 16, 256, 198144", // 64 lines of weights and 32 rows, 516 floats each
    "BACKWARD, 6, 22, 22, 24, 256, 208960", // 24 lines of weights of 2052 floats, and two pieces
    "FORWARD_TF32, 8, 16, 16, 32, 256, 87296", // of 256 KiB of weights 192 are in registers
    "BACKWARD_TF32, 8, 16, 16, 32, 256, 126976", // likewise
    "FORWARD_BF16, 8, 16, 16, 32, 256, 21760", // all of 128 KiB
    "BACKWARD_BF16, 8, 16, 16, 32, 256, 96256", // likewise
    "FORWARD_BF16_NARROW, 16, 8, 8, 64, 256, 76416", // of 256 KiB of weights 192
    "BACKWARD_BF16_NARROW, 16, 8, 8, 64, 256, 117760" // likewise
  })
  void fitsTheReferenceShapeOnAnH200(
      RecurrentKernel kernel, int groups, int rows, int blocks, int units, int threads, int bytes) {
    assertEquals(
        Optional.of(new RecurrencePlan(kernel, 128, groups, rows, blocks, units, threads, bytes)),
        RecurrencePlan.of(List.of(kernel), 512, 128, H200));
  }

  @Test
  void readsFewRowsWhereTheirWeightsFit() {
    List<RecurrentKernel> kernels = RecurrentKernel.backward(Precision.BF16);
    assertEquals(
        RecurrentKernel.BACKWARD_BF16_NARROW,
        RecurrencePlan.of(kernels, 512, 128, H200).orElseThrow().kernel());
    assertEquals(
        RecurrentKernel.BACKWARD_BF16,
        RecurrencePlan.of(kernels, 1024, 64, H200).orElseThrow().kernel());
  }

  @ParameterizedTest
  @EnumSource
  void staysWithinTheDeviceWhateverTheShape(RecurrentKernel kernel) {
    int fitting = 0;
    for (CudaDevice device : new CudaDevice[] {H200, A100, device(1, 48), device(7, 163)}) {
      for (int hidden : new int[] {1, 2, 7, 37, 128, 200, 512, 640, 1024}) {
        for (int rows : new int[] {1, 3, 16, 65, 128, 1000}) {
          Optional<RecurrencePlan> plan = RecurrencePlan.of(List.of(kernel), hidden, rows, device);
          plan.ifPresent(made -> check(made, kernel, hidden, rows, device));
          fitting += plan.isPresent() ? 1 : 0;
        }
      }
    }
    assertTrue(fitting > 80, "of 216 fit " + fitting);
  }

  private static void check(
      RecurrencePlan plan, RecurrentKernel kernel, int hidden, int rows, CudaDevice device) {
    assertTrue(plan.groups() * plan.blocks() <= device.multiprocessors(), plan::toString);
    assertTrue(plan.sharedBytes() <= device.sharedMemory(), plan::toString);
    // Every row and unit has a block, and no block is without.
    assertTrue(Math.ceilDiv(rows, plan.launchRows()) <= 8, plan::toString);
    assertEquals(plan.groups(), Math.ceilDiv(plan.launchRows(), plan.groupRows()));
    assertEquals(plan.blocks(), Math.ceilDiv(hidden, plan.blockUnits()));
    assertEquals(plan.threads(), kernel.block().threads(plan.groupRows(), plan.blockUnits()));
    assertEquals(plan.blockUnits(), kernel.block().units(plan.blockUnits()));
  }

  @ParameterizedTest
  @CsvSource({
    "FORWARD, 128, 2",
    "BACKWARD, 128, 1",
    "FORWARD_TF32, 96, 1",
    "FORWARD_TF32, 128, 2",
    "BACKWARD_TF32, 128, 2",
    "BACKWARD_TF32, 256, 3",
    "FORWARD_BF16_NARROW, 104, 1",
    "BACKWARD_BF16_NARROW, 128, 2"
  })
  void launchesSomeRowsAfterTheOthersWhereTheyDoNotFitAtOnce(
      RecurrentKernel kernel, int rows, int launches) {
    RecurrencePlan plan = RecurrencePlan.of(List.of(kernel), 512, rows, A100).orElseThrow();
    assertEquals(Math.ceilDiv(rows, launches), plan.launchRows());
  }

  /** Backward in fp32, the rows of a group would take longer than large products step by step. */
  @ParameterizedTest
  @CsvSource({
    "FP32, 512, 128, true, true",
    "TF32, 512, 128, true, true",
    "BF16, 512, 256, true, true",
    "BF16, 1024, 64, true, true",
    "FP32, 1024, 128, true, false"
  })
  void isWorthwhileWhereItIsFasterThanStepByStep(
      Precision precision, int hidden, int rows, boolean forward, boolean backward) {
    assertEquals(forward, isWorthwhile(RecurrentKernel.forward(precision), hidden, rows));
    assertEquals(backward, isWorthwhile(RecurrentKernel.backward(precision), hidden, rows));
  }

  private static boolean isWorthwhile(List<RecurrentKernel> kernels, int hidden, int rows) {
    RecurrencePlan plan = RecurrencePlan.of(kernels, hidden, rows, H200).orElseThrow();
    return plan.isWorthwhile(hidden, rows, H200);
  }

  @ParameterizedTest
  @EnumSource
  void tellsWhatDoesNotFit(RecurrentKernel kernel) {
    assertEquals(Optional.empty(), RecurrencePlan.of(List.of(kernel), 2048, 1, A100));
    assertEquals(Optional.empty(), RecurrencePlan.of(List.of(kernel), 64, 9000, device(4, 48)));
  }

  @Test
  void refusesWhatIsNoChoice() {
    String before = System.setProperty(RecurrenceChoice.PROPERTY, "always");
    try {
      var failure = assertThrows(IllegalArgumentException.class, RecurrenceChoice::current);
      assertTrue(failure.getMessage().contains("\"always\""), failure::getMessage);
    } finally {
      if (before == null) {
        System.clearProperty(RecurrenceChoice.PROPERTY);
      } else {
        System.setProperty(RecurrenceChoice.PROPERTY, before);
      }
    }
  }
}

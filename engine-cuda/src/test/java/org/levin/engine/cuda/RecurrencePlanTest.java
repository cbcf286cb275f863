package org.levin.engine.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.levin.engine.cuda.RecurrencePlan.Direction;
import org.levin.engine.cuda.driver.CudaDevice;

class RecurrencePlanTest {
  private static final CudaDevice H200 = device(132, 227);
  private static final CudaDevice A100 = device(108, 163);

  private static CudaDevice device(int multiprocessors, int kibibytes) {
    return new CudaDevice(0, "device of the test", 90, 1L << 36, multiprocessors, kibibytes << 10);
  }

  @Test
  void fitsTheReferenceShapeForwardOnAnH200() {
    assertEquals(
        Optional.of(new RecurrencePlan(4, 32, 32, 16, (64 + 32) * 516 * 4)),
        RecurrencePlan.of(Direction.FORWARD, 512, 128, H200));
  }

  @Test
  void fitsTheReferenceShapeBackwardOnAnH200() {
    assertEquals(
        Optional.of(new RecurrencePlan(6, 22, 22, 24, (24 * 2052 + 2 * 22 * 68) * 4)),
        RecurrencePlan.of(Direction.BACKWARD, 512, 128, H200));
  }

  @ParameterizedTest
  @EnumSource
  void staysWithinTheDeviceWhateverTheShape(Direction direction) {
    int fitting = 0;
    for (CudaDevice device : new CudaDevice[] {H200, A100, device(1, 48), device(7, 163)}) {
      for (int hidden : new int[] {1, 2, 7, 37, 128, 200, 512, 640, 1024}) {
        for (int rows : new int[] {1, 3, 16, 65, 128, 1000}) {
          Optional<RecurrencePlan> plan = RecurrencePlan.of(direction, hidden, rows, device);
          plan.ifPresent(made -> check(made, direction, hidden, rows, device));
          fitting += plan.isPresent() ? 1 : 0;
        }
      }
    }
    assertTrue(fitting > 80, "of 216 fit " + fitting);
  }

  private static void check(
      RecurrencePlan plan, Direction direction, int hidden, int rows, CudaDevice device) {
    assertTrue(plan.groups() * plan.blocks() <= device.multiprocessors(), plan::toString);
    assertTrue(plan.sharedBytes() <= device.sharedMemory(), plan::toString);
    // Every row and unit has a block, and no block is without.
    assertEquals(plan.groups(), Math.ceilDiv(rows, plan.groupRows()));
    assertEquals(plan.blocks(), Math.ceilDiv(hidden, plan.blockUnits()));
    int rowTiles = Math.ceilDiv(plan.groupRows(), direction.rowTile);
    assertTrue(rowTiles * Math.ceilDiv(plan.blockUnits(), direction.unitTile) <= 256);
  }

  @Test
  void tellsWhatDoesNotFit() {
    assertEquals(Optional.empty(), RecurrencePlan.of(Direction.FORWARD, 2048, 1, H200));
    assertEquals(Optional.empty(), RecurrencePlan.of(Direction.BACKWARD, 64, 5000, device(4, 48)));
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

package org.levin.engine.cuda.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class GridTest {

  @Test
  void hasAThreadForEachElement() {
    assertEquals(new Grid(1, 1, 256), Grid.of(1, 256));
    assertEquals(new Grid(2, 1, 256), Grid.of(257, 256));
    assertEquals(new Grid(1 << 24, 1, 256), Grid.of(1L << 32, 256));
  }

  @Test
  void refusesMoreElementsThanKernelsCanNumber() {
    var failure = assertThrows(IllegalArgumentException.class, () -> Grid.of((1L << 32) + 1, 256));
    assertTrue(failure.getMessage().contains("take a smaller batch"), failure::getMessage);
  }
}

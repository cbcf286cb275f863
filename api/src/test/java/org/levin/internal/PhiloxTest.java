package org.levin.internal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class PhiloxTest {

  /** The known answers that Random123 publishes with the algorithm. */
  @Test
  void givesTheKnownAnswersOfItsAuthors() {
    assertArrayEquals(
        new int[] {0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}, block(0, 0, 0, 0, 0));
    assertArrayEquals(
        new int[] {0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}, block(-1, -1, -1, -1, -1));
    assertArrayEquals(
        new int[] {0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1},
        block(0x299f31d0_a4093822L, 0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344));
  }

  @Test
  void everyWordOfTheCounterAndBothHalvesOfTheKeyMatter() {
    int[] origin = block(1, 2, 3, 4, 5);
    assertFalse(Arrays.equals(origin, block(2, 2, 3, 4, 5)));
    assertFalse(Arrays.equals(origin, block(1 | 1L << 32, 2, 3, 4, 5)));
    assertFalse(Arrays.equals(origin, block(1, 3, 3, 4, 5)));
    assertFalse(Arrays.equals(origin, block(1, 2, 4, 4, 5)));
    assertFalse(Arrays.equals(origin, block(1, 2, 3, 5, 5)));
    assertFalse(Arrays.equals(origin, block(1, 2, 3, 4, 6)));
  }

  @Test
  void writesNothingBehindItsFourWords() {
    int[] words = {0, 0, 0, 0, 77};
    Philox.block(9, 8, 7, 6, 5, words);
    assertEquals(77, words[4]);
  }

  @Test
  void uniformNumbersReachZeroButNeverOne() {
    assertEquals(0f, Philox.uniform(0));
    assertEquals(0f, Philox.uniform(0xFF), "the low eight bits are not used");
    assertEquals(0x1p-24f, Philox.uniform(0x100));
    assertEquals(0.5f, Philox.uniform(0x80000000));
    assertEquals(1 - 0x1p-24f, Philox.uniform(-1));
  }

  private static int[] block(long key, int position, int row, int step, int site) {
    int[] words = new int[4];
    Philox.block(key, position, row, step, site, words);
    return words;
  }
}

package org.levin.corpus;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SplitTest {
  private static final TokenSequence TEN = new ArraySequence(IntStream.range(0, 10).toArray());

  @ParameterizedTest
  @CsvSource({"0,0", "0.1,1", "0.14,1", "0.16,2", "0.3,3", "0.96,10"})
  void validationIsTheTailToTheNearestToken(double fraction, int validation) {
    Split split = Split.of(TEN, fraction);
    assertArrayEquals(
        IntStream.range(0, 10 - validation).toArray(), ArraySequence.all(split.training()));
    assertArrayEquals(
        IntStream.range(10 - validation, 10).toArray(), ArraySequence.all(split.validation()));
  }

  @Test
  void everythingOrLessThanNothingIsNoFraction() {
    for (double fraction : new double[] {-0.1, 1, Double.NaN}) {
      assertThrows(IllegalArgumentException.class, () -> Split.of(TEN, fraction));
    }
  }

  @Test
  void aSliceOfASliceLooksIntoTheWhole() {
    TokenSequence slice = TEN.slice(2, 9).slice(1, 6).slice(0, 4);
    assertArrayEquals(new int[] {3, 4, 5, 6}, ArraySequence.all(slice));
    int[] target = {-1, -1, -1};
    slice.copyTo(2, target, 1, 2);
    assertArrayEquals(new int[] {-1, 5, 6}, target);
    assertEquals(0, TEN.slice(10, 10).size());
  }

  @Test
  void aSliceEndsAtItsEnds() {
    TokenSequence slice = TEN.slice(2, 5);
    assertThrows(IndexOutOfBoundsException.class, () -> slice.copyTo(2, new int[2], 0, 2));
    assertThrows(IndexOutOfBoundsException.class, () -> slice.copyTo(-1, new int[2], 0, 1));
    assertThrows(IndexOutOfBoundsException.class, () -> slice.slice(1, 4));
    assertThrows(IndexOutOfBoundsException.class, () -> TEN.slice(4, 3));
    assertThrows(IndexOutOfBoundsException.class, () -> TEN.slice(0, 11));
  }
}

package org.levin.corpus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BatcherTest {
  private static TokenSequence tokens(int count) {
    return new ArraySequence(IntStream.range(0, count).map(i -> 1_000 + i).toArray());
  }

  /** Row b of batch k at step t reads token b * per + k * T + t, written out for every element. */
  @ParameterizedTest
  @CsvSource({
    "1,1,1", "1,1,5", "2,3,6", "2,3,11", "2,3,12", "3,1,7", "1,19,40", "7,5,35", "7,5,71",
    "7,5,104", "3,4,37"
  })
  void everyElementIsWhereTheFormulaSays(int rows, int steps, int size) {
    Batcher batcher = Batcher.contiguous(rows, steps);
    int count = size / (rows * steps);
    int per = count * steps;
    assertEquals(count, batcher.count(tokens(size)));
    for (int k = 0; k < count; k++) {
      Batch batch = batcher.batch(tokens(size), k);
      for (int b = 0; b < rows; b++) {
        for (int t = 0; t < steps; t++) {
          int at = b * per + k * steps + t;
          int next = at + 1 < size ? at + 1 : b * per;
          String place = "batch %d, row %d, step %d".formatted(k, b, t);
          assertEquals(1_000 + at, batch.inputs()[b * steps + t], place);
          assertEquals(1_000 + next, batch.targets()[b * steps + t], place);
        }
      }
    }
  }

  @Test
  void theTargetCrossesTheEndsOfRowsAndWrapsOnlyAtTheEndOfAll() {
    Batcher batcher = Batcher.contiguous(2, 3);
    Batch whole = batcher.batch(tokens(6), 0);
    assertEquals(1_003, whole.targets()[2]);
    assertEquals(1_003, whole.targets()[5]);
    assertEquals(1_006, batcher.batch(tokens(7), 0).targets()[5]);
  }

  @Test
  void anotherBatchIsOutOfBounds() {
    Batcher batcher = Batcher.contiguous(2, 3);
    for (long index : new long[] {-1, 2, Long.MAX_VALUE}) {
      assertThrows(IndexOutOfBoundsException.class, () -> batcher.batch(tokens(13), index));
    }
    assertThrows(IndexOutOfBoundsException.class, () -> batcher.batch(tokens(5), 0));
  }

  @Test
  void sizesMustBePositiveAndFitAnArray() {
    assertThrows(IllegalArgumentException.class, () -> Batcher.contiguous(0, 1));
    assertThrows(IllegalArgumentException.class, () -> Batcher.contiguous(1, -1));
    assertThrows(IllegalArgumentException.class, () -> Batcher.contiguous(1 << 16, 1 << 15));
  }

  @ParameterizedTest
  @CsvSource({
    "12800,128,100",
    "99999,128,100",
    "12799,127,100",
    "250,2,100",
    "100,1,100",
    "99,1,99",
    "1,1,1"
  })
  void aShortSequenceGetsFewerRowsAndThenFewerSteps(int size, int rows, int steps) {
    Batcher fitting = Batcher.fitting(128, 100, tokens(size)).orElseThrow();
    assertEquals(rows, fitting.rows());
    assertEquals(steps, fitting.steps());
    assertTrue(fitting.count(tokens(size)) >= 1);
  }

  @Test
  void nothingFitsAnEmptySequence() {
    assertEquals(Optional.empty(), Batcher.fitting(128, 100, tokens(0)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "5000|needs 12,800 tokens, but there are 5,000; try batch size 50, or sequence length 39",
        "110|needs 12,800 tokens, but there are 110; try batch size 1",
        "99|needs 12,800 tokens, but there are 99; try batch size 1 with sequence length 99",
        "0|needs 12,800 tokens, but there are 0"
      })
  void aTextTooShortToTrainOnIsAnErrorThatNamesSizesThatFit(int size, String message) {
    CorpusTooShortException tooShort =
        assertThrows(
            CorpusTooShortException.class,
            () -> Batcher.contiguous(128, 100).requireBatches(tokens(size)));
    assertEquals("batch size 128 with sequence length 100 " + message, tooShort.getMessage());
    assertEquals(size, tooShort.tokens());
  }

  @Test
  void enoughTokensAreCounted() {
    assertEquals(2, Batcher.contiguous(2, 3).requireBatches(tokens(17)));
  }

  @Test
  void aBatchHasTheShapeItSays() {
    assertThrows(IllegalArgumentException.class, () -> new Batch(2, 3, new int[6], new int[5]));
    assertThrows(IllegalArgumentException.class, () -> new Batch(2, 3, new int[5], new int[6]));
    assertThrows(IllegalArgumentException.class, () -> new Batch(0, 3, new int[0], new int[0]));
  }
}

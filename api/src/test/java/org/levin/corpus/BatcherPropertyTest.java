package org.levin.corpus;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

/** What holds for every size of batch and every length of text; token {@code i} is the number i. */
class BatcherPropertyTest {
  private static TokenSequence tokens(int count) {
    return new ArraySequence(IntStream.range(0, count).toArray());
  }

  private static List<Batch> batches(Batcher batcher, TokenSequence tokens) {
    List<Batch> batches = new ArrayList<>();
    for (long k = 0; k < batcher.count(tokens); k++) {
      batches.add(batcher.batch(tokens, k));
    }
    return batches;
  }

  /** The batches put side by side: row b of all of them. */
  private static int[] row(List<Batch> batches, int row) {
    return batches.stream()
        .flatMapToInt(
            batch ->
                IntStream.of(batch.inputs()).skip((long) row * batch.steps()).limit(batch.steps()))
        .toArray();
  }

  @Property(seed = "20260101")
  void anEpochReadsEveryTokenOnceUpToARestSmallerThanABatch(
      @ForAll @IntRange(min = 1, max = 20) int rows,
      @ForAll @IntRange(min = 1, max = 20) int steps,
      @ForAll @IntRange(max = 2_000) int size) {
    TokenSequence tokens = tokens(size);
    List<Batch> batches = batches(Batcher.contiguous(rows, steps), tokens);
    int[] read =
        batches.stream().flatMapToInt(batch -> IntStream.of(batch.inputs())).sorted().toArray();
    assertTrue(size - read.length < rows * steps, "only a rest is left out");
    assertArrayEquals(IntStream.range(0, read.length).toArray(), read);
  }

  @Property(seed = "20260101")
  void everyRowIsAStreamAndEveryTargetTheTokenThatFollows(
      @ForAll @IntRange(min = 1, max = 20) int rows,
      @ForAll @IntRange(min = 1, max = 20) int steps,
      @ForAll @IntRange(max = 2_000) int size) {
    TokenSequence tokens = tokens(size);
    List<Batch> batches = batches(Batcher.contiguous(rows, steps), tokens);
    int per = batches.size() * steps;
    int wrapped = 0;
    for (int b = 0; b < rows; b++) {
      int start = b * per;
      assertArrayEquals(IntStream.range(start, start + per).toArray(), row(batches, b));
    }
    for (Batch batch : batches) {
      assertEquals(rows, batch.rows());
      assertEquals(steps, batch.steps());
      for (int i = 0; i < batch.inputs().length; i++) {
        if (batch.targets()[i] != batch.inputs()[i] + 1) {
          wrapped++;
          assertEquals(size - 1, batch.inputs()[i], "only the last token of all may wrap");
          assertEquals((rows - 1) * per, batch.targets()[i]);
        }
      }
    }
    assertEquals(size > 0 && size == rows * per ? 1 : 0, wrapped);
  }

  @Property(seed = "20260101")
  void aPartOfATextIsBatchedAsIfItWereAll(
      @ForAll @IntRange(max = 300) int from, @ForAll @IntRange(max = 300) int size) {
    Batcher batcher = Batcher.contiguous(3, 5);
    int[] alone = IntStream.range(from, from + size).toArray();
    List<Batch> whole = batches(batcher, new ArraySequence(alone));
    List<Batch> part = batches(batcher, tokens(700).slice(from, from + size));
    assertEquals(whole.size(), part.size());
    for (int k = 0; k < whole.size(); k++) {
      assertArrayEquals(whole.get(k).inputs(), part.get(k).inputs());
      assertArrayEquals(whole.get(k).targets(), part.get(k).targets(), "no look beyond the part");
    }
  }

  @Property(seed = "20260101")
  void whatFitsIsTheLargestBatchWithAsManyStepsAsThereCanBe(
      @ForAll @IntRange(min = 1, max = 40) int rows,
      @ForAll @IntRange(min = 1, max = 40) int steps,
      @ForAll @IntRange(max = 2_000) int size) {
    Optional<Batcher> fitting = Batcher.fitting(rows, steps, tokens(size));
    assertEquals(size == 0, fitting.isEmpty());
    fitting.ifPresent(
        batcher -> {
          assertTrue(batcher.count(tokens(size)) >= 1);
          assertTrue(batcher.rows() <= rows && batcher.steps() <= steps);
          assertTrue(batcher.rows() == rows || (batcher.rows() + 1) * batcher.steps() > size);
          assertTrue(batcher.steps() == steps || batcher.rows() == 1 && batcher.steps() == size);
        });
  }

  /** The message offers numbers; whoever takes one must not be refused again. */
  @Property(seed = "20260101")
  void theSizesThatARefusalNamesDoFit(
      @ForAll @IntRange(min = 1, max = 60) int rows,
      @ForAll @IntRange(min = 1, max = 60) int steps,
      @ForAll @IntRange(min = 1, max = 3_000) int size) {
    Batcher batcher = Batcher.contiguous(rows, steps);
    try {
      assertTrue(batcher.requireBatches(tokens(size)) >= 1);
    } catch (CorpusTooShortException refusal) {
      assertTrue(size < rows * steps);
      String[] remedies = refusal.getMessage().split("; try ")[1].split(", or ");
      for (String remedy : remedies) {
        int otherRows = named("batch size", remedy).orElse(rows);
        int otherSteps = named("sequence length", remedy).orElse(steps);
        assertTrue(
            Batcher.contiguous(otherRows, otherSteps).requireBatches(tokens(size)) >= 1, remedy);
      }
    }
  }

  private static Optional<Integer> named(String name, String remedy) {
    int at = remedy.indexOf(name);
    return at < 0
        ? Optional.empty()
        : Optional.of(Integer.parseInt(remedy.substring(at + name.length() + 1).split(" ")[0]));
  }

  @Property(seed = "20260101")
  void aSplitLosesNothingAndIsOffByHalfATokenAtMost(
      @ForAll @IntRange(max = 3_000) int size,
      @ForAll @DoubleRange(max = 1, maxIncluded = false) double fraction) {
    Split split = Split.of(tokens(size), fraction);
    int[] training = ArraySequence.all(split.training());
    int[] validation = ArraySequence.all(split.validation());
    assertArrayEquals(
        IntStream.range(0, size).toArray(),
        IntStream.concat(IntStream.of(training), IntStream.of(validation)).toArray());
    assertEquals(size * fraction, validation.length, 0.5);
  }

  @Property(seed = "20260101")
  void slicesOfSlicesAreRangesOfTheWhole(
      @ForAll @IntRange(max = 50) int skipped,
      @ForAll @IntRange(max = 50) int length,
      @ForAll @IntRange(max = 50) int position,
      @ForAll @IntRange(max = 50) int count) {
    TokenSequence outer = tokens(200).slice(skipped, 100L + skipped);
    TokenSequence inner = outer.slice(length, 50L + length);
    int[] target = new int[count + 2];
    if (position + count <= 50) {
      inner.copyTo(position, target, 1, count);
      int first = skipped + length + position;
      assertArrayEquals(
          IntStream.range(first, first + count).toArray(),
          IntStream.of(target).skip(1).limit(count).toArray());
      assertEquals(0, target[0]);
      assertEquals(0, target[count + 1]);
    } else {
      assertThrows(IndexOutOfBoundsException.class, () -> inner.copyTo(position, target, 1, count));
    }
  }
}

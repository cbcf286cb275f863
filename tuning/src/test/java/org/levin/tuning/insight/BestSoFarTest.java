package org.levin.tuning.insight;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.levin.tuning.Studies;
import org.levin.tuning.insight.BestSoFar.Point;
import org.levin.tuning.trial.Result;

class BestSoFarTest {
  private static Studies some() {
    return Studies.of()
        .trial(Studies.one("cosine", 0.1), Studies.loss(10, 0.5))
        .trial(
            Studies.one("cosine", 0.2),
            Studies.loss(10, 4),
            Studies.loss(30, 3),
            Studies.loss(90, 2.5))
        .trial(
            Studies.one("cosine", 0.3), Studies.loss(10, 4), Result.failed(30, "the loss is NaN"))
        .trial(Studies.one("cosine", 0.4), Studies.loss(90, 1.5))
        .trial(Studies.one("cosine", 0.5), Studies.loss(90, 1.5))
        .trial(Studies.one("cosine", 0.6));
  }

  @Test
  void onlyWholeTrainingsCount() {
    assertEquals(
        List.of(
            new Point(2, 2, 2.5, 100),
            new Point(3, 2, 2.5, 130),
            new Point(4, 4, 1.5, 220),
            new Point(5, 4, 1.5, 310),
            new Point(6, 4, 1.5, 310)),
        BestSoFar.of(some().record()).points());
  }

  @Test
  void thereIsNoPointBeforeAWholeTraining() {
    BestSoFar best =
        BestSoFar.of(Studies.of().trial(Studies.one("cosine", 0.1), Studies.loss(30, 1)).record());
    assertEquals(List.of(), best.points());
    assertEquals("No trial has been trained whole.\n", best.toText(80));
  }

  @Test
  void drawsStairs() {
    assertEquals(
        """
        2.5000 ██████████████
               ██████████████
               ██████████████
               ██████████████
               ██████████████
               ██████████████
               ██████████████
        1.5000 ██████████████▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁▁
               trial 2 to 6, 310 steps
        """,
        BestSoFar.of(some().record()).toText(42));
  }

  @Test
  void oneLossIsALineAtTheBottom() {
    String text =
        BestSoFar.of(Studies.of().trial(Studies.one("cosine", 1), Studies.loss(90, 2)).record())
            .toText(40);
    assertTrue(
        text.contains("\n2.0000 " + "▁".repeat(33) + "\n       trial 1 to 1, 90 steps\n"), text);
  }

  @ParameterizedTest
  @ValueSource(ints = {40, 57, 120})
  void keepsToItsRoomWithMoreTrialsThanColumns(int width) {
    Studies study = Studies.of();
    for (int i = 0; i < 333; i++) {
      study.trial(Studies.one("cosine", i + 1), Studies.loss(90, 400.0 / (i + 1)));
    }
    List<String> lines = BestSoFar.of(study.record()).toText(width).lines().toList();
    assertTrue(lines.size() <= 10);
    assertTrue(lines.stream().allMatch(line -> line.length() <= width));
    assertEquals(width, lines.get(7).length());
    assertTrue(lines.get(7).endsWith("▁"), lines.get(7));
    assertTrue(lines.getFirst().matches(" *[0-9.]+ █"), lines.getFirst());
  }
}

package org.levin.tuning.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.levin.tuning.Studies;
import org.levin.tuning.journal.StudyRecord;
import org.levin.tuning.trial.Result;

class StudyComparisonTest {
  private static Studies some() {
    return Studies.of()
        .trial(
            Studies.one("cosine", 0.1),
            Studies.measured(10, 2.5, 99, 0.001),
            Studies.measured(30, 2, 99, 0.001))
        .trial(Studies.one("cosine", 0.2), Result.failed(10, "the loss is NaN"));
  }

  @Test
  void aStudyIsTheSameAsItself() {
    StudyComparison comparison = StudyComparison.of(some().record(), some().record());
    assertTrue(comparison.isSame());
    assertEquals("The studies are the same.\n", comparison.toText());
    assertTrue(StudyComparison.of(Studies.of().record(), Studies.of().record()).isSame());
  }

  @Test
  void timesProvenancesAndWordsOfAFailureDoNotCount() {
    StudyRecord other =
        Studies.of()
            .trial(
                Studies.one("cosine", 0.1), Studies.measured(10, 2.5, 99, 0.7), Studies.loss(30, 2))
            .trial(Studies.one("cosine", 0.2), Result.failed(10, "the loss is Infinity"))
            .record();
    assertTrue(
        StudyComparison.of(
                some().record(),
                new StudyRecord(other.header(), other.trials(), Map.of(1, "{}"), Map.of(1, 9.0)))
            .isSame());
  }

  @Test
  void tellsTheLastBitOfALoss() {
    StudyRecord other =
        Studies.of()
            .trial(
                Studies.one("cosine", 0.1),
                Studies.measured(10, 2.5, 99, 0.001),
                Studies.measured(30, Math.nextUp(2.0), 99, 0.001))
            .trial(Studies.one("cosine", 0.2), Result.failed(10, "the loss is NaN"))
            .record();
    StudyComparison comparison = StudyComparison.of(some().record(), other);
    assertFalse(comparison.isSame());
    assertEquals(
        "trial 1 after 30 steps: loss 2.0, not loss 2.0000000000000004\n", comparison.toText());
    assertEquals(1, comparison.results().size());
    assertEquals(30, comparison.results().getFirst().steps());
  }

  @Test
  void tellsResultsThatAreMissingFailedOrOfAnotherSize() {
    StudyRecord other =
        Studies.of()
            .trial(Studies.one("cosine", 0.1), Studies.measured(10, 2.5, 98, 0.001))
            .trial(Studies.one("cosine", 0.2), Studies.loss(10, 9))
            .record();
    assertEquals(
        """
        trial 1 after 10 steps: loss 2.5 with 99 parameters, not loss 2.5 with 98 parameters
        trial 1 after 30 steps: loss 2.0, not no result
        trial 2 after 10 steps: failed (the loss is NaN), not loss 9.0
        """,
        StudyComparison.of(some().record(), other).toText());
  }

  @Test
  void tellsTrialsOfOneOnly() {
    StudyRecord longer =
        some()
            .trial(Studies.one("cosine", 0.3), Studies.loss(10, 1))
            .trial(Studies.one("cosine", 0.4))
            .record();
    StudyComparison comparison = StudyComparison.of(longer, some().record());
    assertEquals(List.of(3, 4), comparison.onlyInFirst());
    assertEquals(List.of(), comparison.onlyInSecond());
    assertEquals("only the first has trials 3 to 4\n", comparison.toText());
    assertEquals(
        "only the second has trials 3 to 4\n",
        StudyComparison.of(some().record(), longer).toText());
  }

  @Test
  void tellsPlansAndConfigurationsThatDiffer() {
    StudyRecord other =
        Studies.of(Studies.with("random", 2, 10L, 30L, 90L))
            .trial(Studies.two("cosine", 0.1, 0.5), Studies.loss(10, 7))
            .record();
    StudyComparison comparison = StudyComparison.of(some().record(), other);
    assertEquals(List.of(), comparison.results());
    assertEquals(List.of(2), comparison.onlyInFirst());
    String text = comparison.toText();
    assertTrue(text.startsWith("plan: the seed 1, not 2\n"), text);
    assertTrue(
        text.contains(
            "trial 1 tries layers=1 schedule=cosine learningRate=0.1, not layers=2 schedule=cosine learningRate=0.1 dropout=0.5\n"),
        text);
  }

  @Test
  void listsSomeOfVeryMany() {
    Studies one = Studies.of();
    Studies other = Studies.of();
    for (int i = 0; i < 33; i++) {
      one.trial(Studies.one("cosine", i), Studies.loss(10, 1));
      other.trial(Studies.one("cosine", i), Studies.loss(10, 2));
    }
    StudyComparison comparison = StudyComparison.of(one.record(), other.record());
    assertEquals(33, comparison.results().size());
    assertEquals(21, comparison.toText().lines().count());
    assertTrue(comparison.toText().endsWith("and 13 more\n"), comparison.toText());
  }
}

package org.levin.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.levin.text.UnknownSymbolException;
import org.levin.text.Vocabulary;

class DistributionTest {
  private static final Vocabulary LETTERS = Vocabulary.codePointsOf("abcde");

  /** p = 1/8, 1/2, 1/8, 1/4, 0. */
  private final Distribution distribution =
      Distribution.of(
          LETTERS,
          new float[] {
            (float) Math.log(1),
            (float) Math.log(4),
            (float) Math.log(1),
            (float) Math.log(2),
            Float.NEGATIVE_INFINITY
          });

  @Test
  void isTheSoftmaxOfTheLogits() {
    assertEquals(0.5, distribution.probability(1), 1e-7);
    assertEquals(0.25, distribution.probability("d"), 1e-7);
    assertEquals(Math.log(0.125), distribution.logProbability(0), 1e-7);
    assertEquals(0, distribution.probability(4));
    assertEquals(5, distribution.size());
  }

  @Test
  void ranksBySizeAndAmongEqualsById() {
    assertEquals(List.of(1, 3, 0, 2, 4), distribution.ranked());
    for (int rank = 1; rank <= 5; rank++) {
      assertEquals(rank, distribution.rank(distribution.ranked().get(rank - 1)));
    }
  }

  @Test
  void theEntropyIsTheExpectedSurprise() {
    assertEquals(1.75 * Math.log(2), distribution.entropy(), 1e-7);
    assertEquals(
        Math.log(5), Distribution.of(LETTERS, new float[] {3, 3, 3, 3, 3}).entropy(), 1e-12);
  }

  @Test
  void keepsItsValuesWhateverBecomesOfTheLogits() {
    float[] logits = {1, 2, 3, 4, 5};
    Distribution kept = Distribution.of(LETTERS, logits);
    double before = kept.probability(0);
    logits[0] = 100;
    assertEquals(before, kept.probability(0));
  }

  @Test
  void showsTheLikeliest() {
    assertEquals(
        "Distribution['b' 0.5, 'd' 0.25, 'a' 0.125, 'c' 0.125, 'e' 0.0, ...]",
        distribution.toString());
  }

  @Test
  void refusesWhatIsNotThere() {
    assertThrows(UnknownSymbolException.class, () -> distribution.probability("x"));
    assertThrows(IllegalArgumentException.class, () -> distribution.probability("ab"));
    assertThrows(IllegalArgumentException.class, () -> distribution.probability(""));
    assertThrows(IndexOutOfBoundsException.class, () -> distribution.probability(5));
    assertThrows(IndexOutOfBoundsException.class, () -> distribution.rank(-1));
    assertThrows(
        IllegalArgumentException.class, () -> Distribution.of(LETTERS, new float[] {1, 2}));
    assertThrows(
        IllegalStateException.class,
        () -> Distribution.of(LETTERS, new float[] {1, 2, Float.NaN, 3, 4}));
  }
}

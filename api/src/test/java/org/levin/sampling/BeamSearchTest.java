package org.levin.sampling;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.levin.constraint.Constraint;
import org.levin.engine.MarkovNetwork;
import org.levin.text.Vocabulary;

/** Beam search beside the search through all texts, and beside greedy. */
class BeamSearchTest {
  private static final Vocabulary LETTERS = Vocabulary.codePointsOf("abcd");
  private static final GenerationOptions OPTIONS = GenerationOptions.defaults().length(5);

  private final MarkovNetwork network = MarkovNetwork.mixed(4);

  @AfterEach
  void nothingStaysOpen() {
    assertEquals(0, network.openStates);
  }

  private List<Hypothesis> search(Beam beam, GenerationOptions options) {
    return new BeamSearch(network, MarkovNetwork.ARCHITECTURE, LETTERS, beam, options).search("ab");
  }

  /** A text and the logarithm of its probability after "ab". */
  private record Text(String text, double logProbability) {}

  private double logProbability(String text) {
    String all = "ab" + text;
    double sum = 0;
    for (int i = 2; i < all.length(); i++) {
      sum +=
          network.logProbability(
              all.charAt(i - 2) - 'a', all.charAt(i - 1) - 'a', all.charAt(i) - 'a');
    }
    return sum;
  }

  private List<Text> all(int length) {
    List<Text> texts = new ArrayList<>();
    for (int n = 0; n < 1 << 2 * length; n++) {
      StringBuilder text = new StringBuilder();
      for (int i = 0; i < length; i++) {
        text.append((char) ('a' + (n >> 2 * i & 3)));
      }
      texts.add(new Text(text.toString(), logProbability(text.toString())));
    }
    texts.sort(Comparator.comparingDouble(Text::logProbability).reversed());
    return texts;
  }

  @Test
  void aBeamAsWideAsAllTextsFindsTheBest() {
    List<Text> expected = all(5).subList(0, 20);
    List<Hypothesis> found = search(Beam.of(1024).best(20), OPTIONS);
    assertEquals(expected.stream().map(Text::text).toList(), texts(found));
    for (int i = 0; i < 20; i++) {
      assertEquals(expected.get(i).logProbability, found.get(i).logProbability(), 1e-5);
      assertEquals(expected.get(i).logProbability / 5, found.get(i).score(), 1e-5);
      assertEquals(Ending.LENGTH, found.get(i).ending());
    }
  }

  @Test
  void aBeamOfOneIsGreedy() {
    try (GenerationSession greedy =
        new GenerationSession(network, LETTERS, OPTIONS.sampler(Sampler.greedy()).length(60))) {
      assertEquals(
          List.of(greedy.feed("ab").write()), texts(search(Beam.of(1), OPTIONS.length(60))));
    }
  }

  @Test
  void aWiderBeamIsSeldomWorseAndNeverHereThanGreedy() {
    double one = search(Beam.of(1), OPTIONS.length(12)).getFirst().logProbability();
    double eight = search(Beam.of(8), OPTIONS.length(12)).getFirst().logProbability();
    assertTrue(eight >= one, eight + " and " + one);
  }

  /** Every text of up to five symbols that ends before its first d, or is five symbols long. */
  private List<Text> untilD(double lengthPenalty) {
    List<Text> texts = new ArrayList<>();
    for (int length = 1; length <= 5; length++) {
      for (Text text : all(length)) {
        int d = text.text.indexOf('d');
        double score = text.logProbability / Math.pow(length, lengthPenalty);
        if (d == length - 1) {
          texts.add(new Text(text.text.substring(0, d), score));
        } else if (d < 0 && length == 5) {
          texts.add(new Text(text.text, score));
        }
      }
    }
    texts.sort(Comparator.comparingDouble(Text::logProbability).reversed());
    return texts;
  }

  @Test
  void theLengthPenaltyDecidesBetweenShortAndLong() {
    for (double penalty : new double[] {0, 0.6, 1}) {
      List<Hypothesis> found =
          search(Beam.of(1024).best(12).lengthPenalty(penalty), OPTIONS.stopAt("d"));
      List<Text> expected = untilD(penalty).subList(0, 12);
      assertEquals(expected.stream().map(Text::text).toList(), texts(found), "penalty " + penalty);
      for (int i = 0; i < 12; i++) {
        assertEquals(expected.get(i).logProbability, found.get(i).score(), 1e-5);
      }
    }
    assertTrue(meanLength(untilD(0)) < meanLength(untilD(1)));
  }

  private static double meanLength(List<Text> texts) {
    return texts.subList(0, 12).stream()
        .mapToInt(text -> text.text.length())
        .average()
        .orElseThrow();
  }

  /** The probabilities of all complete texts, endings included, sum to one. */
  @Test
  void aConstraintSharesOutAllProbability() {
    Constraint constraint = Constraint.matching("[ab](c[abd]?)?", LETTERS);
    List<Hypothesis> found = search(Beam.of(64).best(64), OPTIONS.constraint(constraint).length(3));
    assertEquals(10, found.size());
    assertTrue(texts(found).stream().allMatch(text -> text.matches("[ab](c[abd]?)?")));
    double sum =
        found.stream().mapToDouble(hypothesis -> Math.exp(hypothesis.logProbability())).sum();
    assertEquals(1, sum, 1e-6);
  }

  @Test
  void aPathThatTheSamplerClosesIsLeft() {
    GenerationOptions options =
        OPTIONS
            .constraint(Constraint.matching("ac|bd|d", LETTERS))
            .sampler(Sampler.ban(LETTERS, "c"));
    assertEquals(Set.of("bd", "d"), Set.copyOf(texts(search(Beam.of(8).best(8), options))));
    GenerationOptions closed =
        OPTIONS.constraint(Constraint.matching("ac", LETTERS)).sampler(Sampler.ban(LETTERS, "c"));
    assertThrows(IllegalStateException.class, () -> search(Beam.of(8), closed));
  }

  @Test
  void aTextIsFoundOnce() {
    List<Hypothesis> found = search(Beam.of(64).best(64), OPTIONS.stopAt("c", "d").length(3));
    assertEquals(found.size(), Set.copyOf(texts(found)).size());
    assertTrue(found.size() >= 7, found.toString());
  }

  @Test
  void theSamplerDecidesWhatTextsAreJudgedBy() {
    List<Hypothesis> found =
        search(Beam.of(20).best(20), OPTIONS.sampler(Sampler.ban(LETTERS, "ac")));
    assertTrue(texts(found).stream().allMatch(text -> text.matches("[bd]{5}")));
    assertEquals(20, found.size());
  }

  @Test
  void nothingToWriteIsOneEmptyText() {
    assertEquals(List.of(""), texts(search(Beam.of(3), OPTIONS.length(0))));
  }

  @Test
  void refusesBeamsThatCannotBe() {
    assertThrows(IllegalArgumentException.class, () -> Beam.of(0));
    assertThrows(IllegalArgumentException.class, () -> Beam.of(4097));
    assertThrows(IllegalArgumentException.class, () -> search(Beam.of(2), OPTIONS.length(10_001)));
    assertThrows(IllegalArgumentException.class, () -> Beam.of(2).best(0));
    assertThrows(IllegalArgumentException.class, () -> Beam.of(2).lengthPenalty(-1));
    assertThrows(IllegalArgumentException.class, () -> Beam.of(2).lengthPenalty(Double.NaN));
    var refusal = assertThrows(IllegalArgumentException.class, () -> Beam.of(2).best(3));
    assertEquals("best must be at most the width 2, but was 3", refusal.getMessage());
  }

  private static List<String> texts(List<Hypothesis> found) {
    return found.stream().map(Hypothesis::text).toList();
  }
}

package org.levin.sampling;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.levin.constraint.Constraint;
import org.levin.engine.MarkovNetwork;
import org.levin.internal.ChiSquare;
import org.levin.text.Vocabulary;
import org.levin.training.Cancellation;

/** What is written under a constraint, and with which probability. */
class ConstrainedGenerationTest {
  private static final Vocabulary LETTERS = Vocabulary.codePointsOf("abcd");
  private static final int TEXTS = 20_000;

  private final MarkovNetwork network = MarkovNetwork.mixed(4);

  private List<String> texts(int count, GenerationOptions options) {
    List<String> texts = new ArrayList<>();
    new BatchGeneration(
            network, MarkovNetwork.ARCHITECTURE, LETTERS, Collections.nCopies(count, "ab"), options)
        .write(texts::add, new Cancellation());
    return texts;
  }

  private static GenerationOptions matching(String pattern, long length) {
    return GenerationOptions.defaults()
        .length(length)
        .constraint(Constraint.matching(pattern, LETTERS));
  }

  @Test
  void everyTextMatchesWhateverTheSampler() {
    String pattern = "a(b|cd)*(d{2,3}a)?b+";
    for (Sampler sampler :
        List.of(
            Sampler.unchanged(),
            Sampler.temperature(30),
            Sampler.penalties(2, 1, 1, 10),
            Sampler.topK(1),
            Sampler.minP(0.3))) {
      for (int length : new int[] {2, 3, 7, 50}) {
        List<String> texts = texts(200, matching(pattern, length).sampler(sampler));
        for (String text : texts) {
          assertTrue(text.matches(pattern) && text.length() <= length, sampler + ": " + text);
        }
      }
    }
  }

  /**
   * Worked out by hand: at a complete text it ends with the probability of all that may not come
   * next; otherwise a symbol comes in proportion to its probability among those that may.
   */
  @Test
  void textsHaveTheProbabilitiesThatAreStated() {
    double a = p(0, 1, 0);
    double b = p(0, 1, 1);
    Map<String, Double> expected = new TreeMap<>();
    double endAfterA = 1 - p(1, 0, 2);
    expected.put("a", a / (a + b) * endAfterA);
    // After "ac" only b or d can follow, and nothing after them.
    double acb = p(0, 2, 1) / (p(0, 2, 1) + p(0, 2, 3));
    expected.put("acb", a / (a + b) * (1 - endAfterA) * acb);
    expected.put("acd", a / (a + b) * (1 - endAfterA) * (1 - acb));
    expected.put("b", b / (a + b));
    List<String> texts = texts(TEXTS, matching("a(c[bd])?|b", 10));
    Map<String, Long> counts =
        texts.stream().collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
    assertEquals(expected.keySet(), new TreeMap<>(counts).keySet());
    ChiSquare.assertFits(
        expected.values().stream().mapToDouble(value -> value).toArray(),
        expected.keySet().stream().mapToLong(counts::get).toArray(),
        "texts");
  }

  private double p(int earlier, int last, int symbol) {
    return Math.exp(network.logProbability(earlier, last, symbol));
  }

  @Test
  void theLengthKeepsACompleteTextWithinReach() {
    for (String text : texts(500, matching("(abc)+d", 8))) {
      assertTrue(text.equals("abcd") || text.equals("abcabcd"), text);
    }
    var refusal =
        assertThrows(IllegalArgumentException.class, () -> texts(1, matching("(abc)+d", 3)));
    assertEquals(
        "the shortest text that the constraint allows has 4 symbols, but length is 3",
        refusal.getMessage());
  }

  @Test
  void aTextEndsAsCompleteAndIsNotDrawnOnWhereNothingCanFollow() {
    try (GenerationSession session = new GenerationSession(network, LETTERS, matching("abc", 10))) {
      assertEquals("abc", session.feed("d").write());
      assertEquals(Ending.COMPLETE, session.ending().orElseThrow());
      assertEquals(List.of(3, 0, 1), network.read, "the c has nothing to be read for");
      assertEquals("abc", session.feed("").write(), "the constraint begins anew");
    }
  }

  @Test
  void oneOfSomeTexts() {
    List<String> allowed = List.of("abba", "abcd", "dada", "d");
    GenerationOptions options =
        GenerationOptions.defaults().constraint(Constraint.oneOf(allowed, LETTERS));
    List<String> texts = texts(400, options);
    assertTrue(allowed.containsAll(texts));
    assertEquals(4, texts.stream().distinct().count());
  }

  @Test
  void noSamplerCanBreakOut() {
    Sampler reckless =
        logits -> {
          for (int v = 0; v < logits.length; v++) {
            logits[v] = v;
          }
        };
    for (String text : texts(100, matching("(ab|ba){2,9}", 7).sampler(reckless))) {
      assertTrue(text.matches("(ab|ba){2,3}"), text);
    }
  }

  @Test
  void whereTheSamplerBansAllThatMayFollowACompleteTextEnds() {
    GenerationOptions options = matching("ab?", 5).sampler(Sampler.ban(LETTERS, "b"));
    assertEquals(Collections.nCopies(50, "a"), texts(50, options));
    Sampler filters =
        Sampler.ban(LETTERS, "b")
            .then(Sampler.topK(3))
            .then(Sampler.typical(0.9))
            .then(Sampler.topP(0.9))
            .then(Sampler.minP(0.1))
            .then(Sampler.mirostat(2, 0.1));
    assertEquals(Collections.nCopies(50, "a"), texts(50, options.sampler(filters)));
    GenerationOptions closed = matching("ab", 5).sampler(Sampler.ban(LETTERS, "b"));
    assertThrows(IllegalStateException.class, () -> texts(1, closed));
  }

  @Test
  void refusesStopStringsBesideAConstraint() {
    var refusal = assertThrows(IllegalArgumentException.class, () -> matching("a", 5).stopAt("b"));
    assertTrue(refusal.getMessage().contains("leave out [b]"), refusal.getMessage());
  }

  @Test
  void withoutConstraintTheDrawsAreTheSame() {
    assertEquals(
        texts(5, GenerationOptions.defaults().length(30)), texts(5, matching("[abcd]{30}", 30)));
  }

  @Test
  void refusesAConstraintOfAnotherVocabulary() {
    Constraint other = Constraint.matching("a", Vocabulary.codePointsOf("abc"));
    var refusal =
        assertThrows(
            IllegalArgumentException.class,
            () -> texts(1, GenerationOptions.defaults().constraint(other)));
    assertEquals(
        "the constraint was made for another vocabulary; make it with that of the model",
        refusal.getMessage());
  }
}

package org.levin.sampling;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.levin.engine.MarkovNetwork;
import org.levin.text.UnknownSymbolException;
import org.levin.text.UnknownSymbols;
import org.levin.text.Vocabulary;

/** What a session asks of its network, and how a text ends. */
class GenerationSessionTest {
  private static final Vocabulary LETTERS = Vocabulary.codePointsOf("abcde");
  private static final GenerationOptions OPTIONS = GenerationOptions.defaults().length(20);

  private final MarkovNetwork successor = MarkovNetwork.successor(5);
  private final MarkovNetwork mixed = MarkovNetwork.mixed(5);

  private GenerationSession session(MarkovNetwork network, GenerationOptions options) {
    return new GenerationSession(network, LETTERS, options);
  }

  @Test
  void readsWhatItWritesSymbolBySymbol() {
    try (GenerationSession session = session(successor, OPTIONS)) {
      session.feed("ab");
      assertEquals("c", session.next().text());
      assertEquals(3, session.next().id());
      assertEquals("e", session.next().text());
      assertEquals(List.of(0, 1, 2, 3), successor.read, "the last one only when it is needed");
    }
    assertEquals(0, successor.openStates);
  }

  @Test
  void readsALongPromptInPiecesThatTakeLittleMemory() {
    String prompt = "abcde".repeat(20_001).substring(3);
    try (GenerationSession session = session(successor, OPTIONS)) {
      session.feed(prompt);
      assertEquals(Arrays.stream(LETTERS.encode(prompt)).boxed().toList(), successor.read);
      assertTrue(successor.mostLogits <= 1_000 * LETTERS.size(), successor.mostLogits + " logits");
      assertEquals("a", session.next().text(), "it goes on after the last piece");
    }
  }

  @Test
  void withoutAPromptReadsALineBreakIfThereIsOneAndElseTheFirstSymbol() {
    try (GenerationSession session = session(successor, OPTIONS)) {
      assertEquals("b", session.feed("").next().text());
    }
    try (GenerationSession session =
        new GenerationSession(successor, Vocabulary.codePointsOf("\t\nabc"), OPTIONS)) {
      assertEquals("a", session.next().text());
    }
    assertEquals(List.of(0, 1), successor.read);
  }

  @Test
  void aSamplerDoesNotSpoilTheLogitsOfTheNetwork() {
    Sampler banning = logits -> Arrays.fill(logits, 1, logits.length, Float.NEGATIVE_INFINITY);
    try (GenerationSession session = session(successor, OPTIONS.sampler(banning))) {
      GeneratedSymbol symbol = session.feed("c").next();
      assertEquals("a", symbol.text());
      assertEquals(-100, symbol.logProbability(), 1e-9);
      assertEquals(1, symbol.distribution().probability("d"), 1e-9);
      assertEquals(1, session.distribution().probability("b"), 1e-9);
    }
  }

  /** Computed by another program, from the description of Philox and of the counters alone. */
  @Test
  void drawsWithTheRandomNumbersOfItsSeed() {
    Sampler fair = logits -> Arrays.fill(logits, 0);
    GenerationOptions options = GenerationOptions.of(fair).seed(0x0123456789abcdefL).length(24);
    StringBuilder text = new StringBuilder();
    try (GenerationSession session = session(successor, options)) {
      session.forEachRemaining(symbol -> text.append(symbol.id()));
    }
    assertEquals("430041413040233321233101", text.toString());
  }

  @Test
  void endsWhenItIsAsLongAsItMayBe() {
    try (GenerationSession session = session(successor, OPTIONS.length(3))) {
      session.feed("a");
      assertEquals(Optional.empty(), session.ending());
      assertEquals("bcd", session.write());
      assertEquals(Optional.of(Ending.LENGTH), session.ending());
      assertFalse(session.hasNext());
      var refusal = assertThrows(NoSuchElementException.class, session::next);
      assertEquals("the text has ended: LENGTH", refusal.getMessage());
    }
    try (GenerationSession session = session(successor, OPTIONS.length(0))) {
      assertEquals("", session.write());
      assertEquals(List.of(), successor.read.subList(4, successor.read.size()));
    }
  }

  @Test
  void endsBeforeAStopStringAlsoWhereItRunsAcrossSymbols() {
    try (GenerationSession session = session(successor, OPTIONS.stopAt("zz", "dea"))) {
      session.feed("a");
      List<String> pieces = session.pieces().toList();
      assertEquals(List.of("b", "c"), pieces);
      assertEquals(Optional.of(Ending.STOP), session.ending());
    }
  }

  @Test
  void whatOnlyLooksLikeAStopStringIsGivenInTheEnd() {
    try (GenerationSession session = session(successor, OPTIONS.length(7).stopAt("cda", "dee"))) {
      assertEquals("bcdeabc", session.feed("a").write());
      assertEquals(Optional.of(Ending.LENGTH), session.ending());
    }
  }

  @Test
  void aTextThatHasEndedBeginsAnewWhenItIsFed() {
    try (GenerationSession session = session(successor, OPTIONS.length(3).stopAt("e"))) {
      assertEquals("bcd", session.feed("a").write());
      assertEquals("bcd", session.feed("a").write());
      assertEquals("d", session.feed("c").write());
      assertEquals(Optional.of(Ending.STOP), session.ending());
      assertEquals("abc", session.feed("").write(), "the e was read");
    }
  }

  @Test
  void mayBeEndedFromOutside() {
    try (GenerationSession session = session(successor, OPTIONS.length(Long.MAX_VALUE))) {
      StringBuilder text = new StringBuilder();
      session
          .feed("a")
          .write(
              piece -> {
                text.append(piece);
                if (text.length() == 12) {
                  session.cancel();
                }
              });
      assertEquals("bcdeabcdeabc", text.toString());
      assertEquals(Optional.of(Ending.CANCELLED), session.ending());
      assertEquals("d", session.feed("").next().text(), "feeding it begins a text anew");
    }
  }

  @Test
  void aCancellationIsNotForgotten() {
    try (GenerationSession session = session(successor, OPTIONS)) {
      GenerationSession.Snapshot before = session.snapshot();
      session.cancel();
      assertEquals("", session.feed("ab").write());
      assertEquals(Optional.of(Ending.CANCELLED), session.ending());
      session.restore(before);
      assertEquals("cde", session.feed("ab").write().substring(0, 3));
    }
  }

  @Test
  void nothingRunsAcrossAPromptInTheMiddleOfAText() {
    try (GenerationSession session = session(successor, OPTIONS.length(5).stopAt("bca", "de"))) {
      assertEquals("b", session.feed("a").next().text());
      // The d after bc is drawn too, and held back; now a prompt stands between it and the e.
      assertEquals("cdea", session.feed("d").write());
      assertEquals(Optional.of(Ending.LENGTH), session.ending());
    }
    Vocabulary bytes = Vocabulary.bytes();
    Sampler lead = logits -> logits[0xC3] = 1000;
    try (GenerationSession session =
        new GenerationSession(
            new MarkovNetwork(256, (_, last, v) -> last == 'x' && v == 0xA9 ? 2000 : 0),
            bytes,
            OPTIONS.sampler(lead))) {
      assertEquals("", session.next().text());
      assertEquals(0xC3, session.feed("x").next().id(), "a byte that goes on would make no sense");
    }
  }

  @Test
  void whatWasNotTakenOfATextThatHasEndedIsDropped() {
    try (GenerationSession session = session(successor, OPTIONS.length(2).stopAt("cx"))) {
      session.feed("a");
      assertEquals("b", session.next().text());
      assertTrue(session.hasNext());
      assertEquals("bc", session.feed("a").write());
    }
  }

  @Test
  void theHiddenStateOfNothingIsThatAfterALineBreak() {
    Vocabulary lines = Vocabulary.codePointsOf("a\nb");
    MarkovNetwork network = MarkovNetwork.successor(3);
    try (GenerationSession session = new GenerationSession(network, lines, OPTIONS)) {
      assertArrayEquals(new float[] {1}, session.hiddenState());
      session.distribution();
      assertArrayEquals(new float[] {1}, session.hiddenState());
    }
  }

  @Test
  void comesBackToWhereItStood() {
    GenerationOptions options = OPTIONS.length(60).sampler(Sampler.mirostat(1.5, 0.4)).stopAt("x");
    try (GenerationSession session = session(mixed, options)) {
      session.feed("abd");
      for (int i = 0; i < 7; i++) {
        session.next();
      }
      GenerationSession.Snapshot snapshot = session.snapshot();
      String rest = session.write();
      session.restore(snapshot);
      assertEquals(rest, session.write());
      try (GenerationSession other = session(mixed, options.seed(99))) {
        other.restore(snapshot);
        assertEquals(rest, other.write(), "the seed is that of the snapshot");
      }
      assertEquals(53, rest.length());
    }
  }

  @Test
  void aForkGoesOnByItself() {
    try (GenerationSession session = session(mixed, OPTIONS.length(60))) {
      session.feed("e");
      String beginning = session.next().text() + session.next().text() + session.next().text();
      String same;
      String other;
      try (GenerationSession fork = session.fork(OPTIONS.seed());
          GenerationSession another = session.fork(5)) {
        other = another.write();
        same = fork.write();
      }
      String rest = session.write();
      assertEquals(rest, same);
      assertNotEquals(rest, other);
      try (GenerationSession whole = session(mixed, OPTIONS.length(60))) {
        assertEquals(whole.feed("e").write(), beginning + rest);
      }
    }
    assertEquals(0, mixed.openStates);
  }

  @Test
  void tellsWhatTheModelExpectsAndRemembers() {
    try (GenerationSession session = session(mixed, OPTIONS)) {
      session.feed("db");
      for (int id = 0; id < 5; id++) {
        assertEquals(
            mixed.logProbability(3, 1, id), session.distribution().logProbability(id), 1e-6);
      }
      assertArrayEquals(new float[] {2}, session.hiddenState());
      GeneratedSymbol drawn = session.next();
      assertEquals(mixed.logProbability(3, 1, drawn.id()), drawn.logProbability(), 1e-6);
      assertArrayEquals(new float[] {drawn.id() + 1}, session.hiddenState());
    }
  }

  @Test
  void unknownSymbolsOfAPromptAreAnErrorOrSkippedOrReplaced() {
    try (GenerationSession session = session(successor, OPTIONS)) {
      assertThrows(UnknownSymbolException.class, () -> session.feed("ab?"));
      assertEquals(List.of(), successor.read, "nothing was read");
    }
    try (GenerationSession session =
        session(successor, OPTIONS.unknownSymbols(UnknownSymbols.skip()))) {
      assertEquals("c", session.feed("ab?").next().text());
    }
    try (GenerationSession session =
        session(successor, OPTIONS.unknownSymbols(UnknownSymbols.replaceWith("d")))) {
      assertEquals("e", session.feed("ab?").next().text());
    }
  }

  @Test
  void refusesWhatIsNoDistribution() {
    List<Integer> drawn = new ArrayList<>();
    MarkovNetwork broken =
        new MarkovNetwork(5, (_, last, symbol) -> last == 2 && symbol == 4 ? Float.NaN : 0);
    Sampler onlyC = logits -> logits[2] += 1000;
    try (GenerationSession session = session(broken, OPTIONS.sampler(onlyC))) {
      drawn.add(session.feed("a").next().id());
      var refusal = assertThrows(IllegalStateException.class, session::next);
      assertTrue(refusal.getMessage().contains("symbol 4 is NaN"), refusal.getMessage());
    }
    Sampler nothing = logits -> Arrays.fill(logits, Float.NEGATIVE_INFINITY);
    try (GenerationSession session = session(successor, OPTIONS.sampler(nothing))) {
      assertThrows(IllegalStateException.class, session::next);
    }
    assertEquals(List.of(2), drawn);
  }
}

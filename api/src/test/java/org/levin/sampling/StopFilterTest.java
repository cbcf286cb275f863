package org.levin.sampling;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.levin.text.Vocabulary;

class StopFilterTest {
  private static final Vocabulary ANY = Vocabulary.codePointsOf("a");

  private final Queue<GeneratedSymbol> passed = new ArrayDeque<>();

  @Test
  void holdsBackNoMoreThanItMust() {
    StopFilter filter = new StopFilter(List.of("abcabd"));
    assertPasses(filter, "x", "x");
    assertPasses(filter, "a", "");
    assertPasses(filter, "b", "");
    assertPasses(filter, "c", "");
    assertPasses(filter, "a", "");
    assertPasses(filter, "b", "");
    assertPasses(filter, "c", "abc");
    assertPasses(filter, "a", "");
    assertPasses(filter, "b", "");
    assertStops(filter, "d", "");
  }

  @Test
  void symbolsOfSeveralCharactersMayHoldTheBorder() {
    StopFilter filter = new StopFilter(List.of("STOP"));
    assertPasses(filter, "oneST", "");
    assertPasses(filter, "", "");
    assertStops(filter, "OPtwo", "one");
    assertPasses(filter, "three", "three");
  }

  @Test
  void symbolsWithoutTextPassInTheirPlace() {
    StopFilter filter = new StopFilter(List.of("\ud83d\ude00"));
    assertPasses(filter, "", "");
    assertPasses(filter, "e\u0301", "e\u0301");
    assertPasses(filter, "\ud83d\ude01", "\ud83d\ude01");
    assertStops(filter, "\ud83d\ude00", "");
  }

  @Test
  void bytesOfACharacterThatIsNotWholeAreHeldBackToo() {
    StopFilter filter = new StopFilter(List.of("\u00e9"));
    filter.add(symbol(""), passed);
    assertEquals(0, passed.size());
    filter.add(symbol("\u00e8"), passed);
    assertEquals(2, passed.size());
    filter.add(symbol(""), passed);
    assertTrue(filter.add(symbol("\u00e9"), passed));
    assertEquals(2, passed.size());
    filter = new StopFilter(List.of());
    filter.add(symbol(""), passed);
    assertEquals(3, passed.size());
  }

  @Test
  void whatIsHeldBackIsGivenAtTheEnd() {
    StopFilter filter = new StopFilter(List.of("abc"));
    assertPasses(filter, "a", "");
    assertPasses(filter, "b", "");
    StopFilter copy = filter.copy();
    assertStops(copy, "c", "");
    filter.finish(passed);
    assertEquals("ab", text());
  }

  /** However a text is cut into symbols, what passes is what stands before the first stop. */
  @Property(seed = "20260101")
  void whatPassesIsTheTextBeforeTheStopThatIsCompleteFirst(
      @ForAll @Size(max = 12)
          List<@StringLength(max = 3) @CharRange(from = 'a', to = 'c') String> symbols,
      @ForAll @Size(min = 1, max = 3)
          List<@StringLength(min = 1, max = 4) @CharRange(from = 'a', to = 'c') String> stops) {
    StopFilter filter = new StopFilter(stops);
    Queue<GeneratedSymbol> given = new ArrayDeque<>();
    StringBuilder all = new StringBuilder();
    boolean stopped = false;
    for (String symbol : symbols) {
      all.append(symbol);
      stopped = filter.add(symbol(symbol), given);
      assertEquals(first(all.toString(), stops) >= 0, stopped);
      if (stopped) {
        break;
      }
    }
    if (!stopped) {
      filter.finish(given);
    }
    StringBuilder text = new StringBuilder();
    given.forEach(symbol -> text.append(symbol.text()));
    int end = first(all.toString(), stops);
    assertEquals(end < 0 ? all.toString() : all.substring(0, end), text.toString());
  }

  private static int first(String text, List<String> stops) {
    return stops.stream().mapToInt(text::indexOf).filter(at -> at >= 0).min().orElse(-1);
  }

  private void assertPasses(StopFilter filter, String symbol, String text) {
    assertFalse(filter.add(symbol(symbol), passed));
    assertEquals(text, text());
  }

  private void assertStops(StopFilter filter, String symbol, String text) {
    assertTrue(filter.add(symbol(symbol), passed));
    assertEquals(text, text());
  }

  private String text() {
    StringBuilder text = new StringBuilder();
    passed.forEach(symbol -> text.append(symbol.text()));
    passed.clear();
    return text.toString();
  }

  private static GeneratedSymbol symbol(String text) {
    return new GeneratedSymbol(0, text, ANY, new float[] {0});
  }
}

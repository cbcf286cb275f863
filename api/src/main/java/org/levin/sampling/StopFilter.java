package org.levin.sampling;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;

/**
 * Lets symbols pass up to the first stop string. What may be the beginning of one is held back
 * until it is known not to be.
 */
final class StopFilter {
  private final List<String> stops;
  private final Queue<GeneratedSymbol> held;

  /** The text of {@link #held}. */
  private final StringBuilder text;

  StopFilter(List<String> stops) {
    this(stops, new ArrayDeque<>(), new StringBuilder());
  }

  private StopFilter(List<String> stops, Queue<GeneratedSymbol> held, StringBuilder text) {
    this.stops = stops;
    this.held = held;
    this.text = text;
  }

  StopFilter copy() {
    return new StopFilter(stops, new ArrayDeque<>(held), new StringBuilder(text));
  }

  /**
   * Takes a symbol, and gives to {@code passed} what is safe.
   *
   * @return whether the text has come to a stop string; nothing of it passes, nor of what follows
   */
  boolean add(GeneratedSymbol symbol, Queue<GeneratedSymbol> passed) {
    held.add(symbol);
    text.append(symbol.text());
    int stop = firstStop();
    if (stop >= 0) {
      int rest = release(stop, passed);
      if (rest > 0) {
        // A stop string that begins within a symbol of several characters.
        while (held.element().text().isEmpty()) {
          passed.add(held.remove());
        }
        GeneratedSymbol cut = held.element();
        passed.add(cut.withText(cut.text().substring(0, rest)));
      }
      held.clear();
      text.setLength(0);
      return true;
    }
    release(text.length() - longestBeginning(), passed);
    return false;
  }

  /** Gives what is held back: the text ends here. */
  void finish(Queue<GeneratedSymbol> passed) {
    passed.addAll(held);
    held.clear();
    text.setLength(0);
  }

  /** Returns where the first stop string begins, or -1. */
  private int firstStop() {
    int first = -1;
    for (String stop : stops) {
      int at = text.indexOf(stop);
      if (at >= 0 && (first < 0 || at < first)) {
        first = at;
      }
    }
    return first;
  }

  /** Returns the length of the longest end of the text that a stop string may begin with. */
  private int longestBeginning() {
    int longest = 0;
    for (String stop : stops) {
      for (int n = Math.min(stop.length() - 1, text.length()); n > longest; n--) {
        if (stop.startsWith(text.substring(text.length() - n))) {
          longest = n;
        }
      }
    }
    return longest;
  }

  /**
   * Gives the symbols whose text ends at {@code end} or before, and returns how far the next one
   * begins before it.
   */
  private int release(int end, Queue<GeneratedSymbol> passed) {
    int left = end;
    int count = 0;
    int safe = 0;
    for (GeneratedSymbol symbol : held) {
      if (symbol.text().length() > left) {
        break;
      }
      left -= symbol.text().length();
      count++;
      // Bytes whose character is not whole may be those of a stop string.
      safe = symbol.text().isEmpty() && !stops.isEmpty() ? safe : count;
    }
    for (int i = 0; i < safe; i++) {
      passed.add(held.remove());
    }
    text.delete(0, end - left);
    return left;
  }
}

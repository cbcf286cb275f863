package org.levin.constraint;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.levin.text.Vocabulary;

/** Texts to try, and what a constraint says to them, symbol by symbol. */
final class Walks {
  private Walks() {}

  /** Returns all texts of up to {@code longest} symbols, the shorter first. */
  static List<String> texts(int longest, String... symbols) {
    List<String> texts = new ArrayList<>(List.of(""));
    int start = 0;
    for (int length = 1; length <= longest; length++) {
      int end = texts.size();
      for (; start < end; start++) {
        for (String symbol : symbols) {
          texts.add(texts.get(start) + symbol);
        }
      }
    }
    return texts;
  }

  /** Returns the state after the symbols, or {@link Constraint#DEAD}. */
  static int after(Constraint constraint, int... ids) {
    int state = constraint.start();
    for (int i = 0; i < ids.length && state != Constraint.DEAD; i++) {
      state = constraint.next(state, ids[i]);
    }
    return state;
  }

  /** Returns the state after a text as the vocabulary encodes it, or {@link Constraint#DEAD}. */
  static int after(Constraint constraint, String text) {
    return after(constraint, constraint.vocabulary().encode(text));
  }

  static boolean accepts(Constraint constraint, String text) {
    return isComplete(constraint, after(constraint, text));
  }

  static boolean accepts(Constraint constraint, int... ids) {
    return isComplete(constraint, after(constraint, ids));
  }

  private static boolean isComplete(Constraint constraint, int state) {
    return state != Constraint.DEAD && constraint.isComplete(state);
  }

  /** Returns the symbols that may follow, in the order of their ids. */
  static List<String> allowed(Constraint constraint, int state) {
    Vocabulary vocabulary = constraint.vocabulary();
    List<String> allowed = new ArrayList<>();
    for (int id = 0; id < vocabulary.size(); id++) {
      if (constraint.next(state, id) != Constraint.DEAD) {
        allowed.add(new String(vocabulary.symbol(id), StandardCharsets.UTF_8));
      }
    }
    return allowed;
  }
}

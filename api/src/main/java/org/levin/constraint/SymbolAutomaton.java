package org.levin.constraint;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.lucene.util.automaton.Automaton;
import org.levin.internal.Arguments;
import org.levin.text.Vocabulary;

/**
 * An automaton over the symbols of a vocabulary: a table of {@code [states, V]} next states, and
 * for every state the way that is left to a complete text.
 */
final class SymbolAutomaton {
  static final int DEAD = -1;

  /** The distance where no complete text can be reached. */
  static final int UNREACHABLE = Integer.MAX_VALUE;

  /** 128 MiB of table. */
  private static final int MOST_ENTRIES = 1 << 25;

  private static final int START = 0;

  private final int[][] next;
  private final int[] distances;

  private SymbolAutomaton(int[][] next, int[] distances) {
    this.next = next;
    this.distances = distances;
  }

  /**
   * Returns the automaton of the texts that can be written with the vocabulary.
   *
   * @param texts over bytes, deterministic, every state of which leads to a complete text
   * @throws IllegalArgumentException if there are too many states for so many symbols
   */
  static SymbolAutomaton of(Automaton texts, Vocabulary vocabulary) {
    if (texts.getNumStates() == 0) {
      return new SymbolAutomaton(new int[][] {}, new int[] {UNREACHABLE});
    }
    byte[][] symbols = new byte[vocabulary.size()][];
    Arrays.setAll(symbols, vocabulary::symbol);
    return new Walk(texts, symbols).automaton();
  }

  int start() {
    return START;
  }

  int next(int state, int id) {
    return next[state][id];
  }

  int distance(int state) {
    return distances[state];
  }

  /** The walk from the start through all states that symbols can reach, nearest first. */
  private static final class Walk {
    private final Automaton texts;
    private final byte[][] symbols;

    /** Number of every state of {@code texts}, by which {@code reached} and {@code rows} go. */
    private final int[] numbers;

    private final int[] reached;
    private int count;
    private final List<int[]> rows = new ArrayList<>();

    Walk(Automaton texts, byte[][] symbols) {
      this.texts = texts;
      this.symbols = symbols;
      this.numbers = new int[texts.getNumStates()];
      this.reached = new int[texts.getNumStates()];
      Arrays.fill(numbers, DEAD);
    }

    SymbolAutomaton automaton() {
      number(0);
      while (rows.size() < count) {
        Arguments.require(
            (rows.size() + 1L) * symbols.length <= MOST_ENTRIES,
            "the constraint is too complex: it needs more than %d states, which is the most for a vocabulary of %d symbols; simplify it, use smaller counts, or allow fewer texts",
            MOST_ENTRIES / symbols.length,
            symbols.length);
        rows.add(row(reached[rows.size()]));
      }
      int[] distances = distances();
      for (int[] row : rows) {
        for (int id = 0; id < row.length; id++) {
          if (row[id] != DEAD && distances[row[id]] == UNREACHABLE) {
            row[id] = DEAD;
          }
        }
      }
      return new SymbolAutomaton(rows.toArray(int[][]::new), distances);
    }

    private int number(int state) {
      if (numbers[state] == DEAD) {
        numbers[state] = count;
        reached[count++] = state;
      }
      return numbers[state];
    }

    private int[] row(int from) {
      int[] row = new int[symbols.length];
      for (int id = 0; id < row.length; id++) {
        int state = from;
        for (byte step : symbols[id]) {
          state = texts.step(state, Byte.toUnsignedInt(step));
          if (state < 0) {
            break;
          }
        }
        row[id] = state < 0 ? DEAD : number(state);
      }
      return row;
    }

    /** Breadth first from all complete states against the steps. */
    private int[] distances() {
      Predecessors predecessors = Predecessors.of(rows);
      int[] distances = new int[count];
      Arrays.fill(distances, UNREACHABLE);
      int[] queue = new int[count];
      int end = 0;
      for (int state = 0; state < count; state++) {
        if (texts.isAccept(reached[state])) {
          distances[state] = 0;
          queue[end++] = state;
        }
      }
      for (int at = 0; at < end; at++) {
        int state = queue[at];
        for (int i = predecessors.from(state); i < predecessors.to(state); i++) {
          int predecessor = predecessors.get(i);
          if (distances[predecessor] == UNREACHABLE) {
            distances[predecessor] = distances[state] + 1;
            queue[end++] = predecessor;
          }
        }
      }
      return distances;
    }
  }
}

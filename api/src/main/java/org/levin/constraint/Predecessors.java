package org.levin.constraint;

import java.util.Arrays;
import java.util.List;

/**
 * The states from which a step leads to a state, each once; those of all states stand one behind
 * the other.
 */
final class Predecessors {
  /** Where those of every state end; they start where those of the state before end. */
  private final int[] ends;

  private final int[] states;

  private interface Step {
    void take(int from, int to);
  }

  private Predecessors(int[] ends, int[] states) {
    this.ends = ends;
    this.states = states;
  }

  /**
   * Turns a table around.
   *
   * @param rows for every state, of which there is at least one, the states that follow, {@link
   *     SymbolAutomaton#DEAD} among them; not modified
   */
  static Predecessors of(List<int[]> rows) {
    int[] ends = new int[rows.size()];
    forEachStep(rows, (_, to) -> ends[to]++);
    Arrays.parallelPrefix(ends, Integer::sum);
    int[] states = new int[ends[ends.length - 1]];
    int[] free = new int[ends.length];
    System.arraycopy(ends, 0, free, 1, ends.length - 1);
    forEachStep(rows, (from, to) -> states[free[to]++] = from);
    return new Predecessors(ends, states);
  }

  private static void forEachStep(List<int[]> rows, Step action) {
    int[] seenFrom = new int[rows.size()];
    Arrays.fill(seenFrom, SymbolAutomaton.DEAD);
    for (int from = 0; from < rows.size(); from++) {
      for (int to : rows.get(from)) {
        if (to != SymbolAutomaton.DEAD && seenFrom[to] != from) {
          seenFrom[to] = from;
          action.take(from, to);
        }
      }
    }
  }

  /** Returns the index of the first predecessor of a state, for {@link #get}. */
  int from(int state) {
    return state == 0 ? 0 : ends[state - 1];
  }

  /** Returns the index behind the last predecessor of a state. */
  int to(int state) {
    return ends[state];
  }

  int get(int index) {
    return states[index];
  }
}

package org.levin.constraint;

import java.util.List;
import org.apache.lucene.util.automaton.Automaton;

/** What a regular expression says, without what only steers the search of a matcher. */
sealed interface Syntax {
  /** The text without characters. */
  Syntax NOTHING = new Sequence(List.of());

  /**
   * One character of a set.
   *
   * @param utf8 the bytes of each, deterministic, never without a start
   */
  record Characters(Automaton utf8) implements Syntax {}

  /** All parts in turn. */
  record Sequence(List<Syntax> parts) implements Syntax {}

  /** One of the branches, of which there is at least one. */
  record Choice(List<Syntax> branches) implements Syntax {}

  /**
   * The body again and again.
   *
   * @param least at least 0
   * @param most at least {@code least}; {@link #UNBOUNDED} where there is no limit
   */
  record Repeat(Syntax body, int least, int most) implements Syntax {
    /** As in Java, where the largest count and none are the same. */
    static final int UNBOUNDED = Integer.MAX_VALUE;
  }

  /** The texts of the body but the empty one. */
  record NonEmpty(Syntax body) implements Syntax {}
}

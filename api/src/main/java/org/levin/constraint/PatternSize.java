package org.levin.constraint;

import java.util.List;
import org.apache.lucene.util.automaton.Automaton;

/**
 * How large the automaton of a regular expression would be, told before it is built. Counts are
 * estimates from above, and {@code double} because repeats of repeats multiply beyond any {@code
 * long}.
 *
 * @param states all states
 * @param transitions all transitions, those copied to do without empty steps among them
 * @param first transitions that leave the start
 * @param last states in which a text may end
 * @param nullable whether the empty text is one
 */
record PatternSize(double states, double transitions, double first, double last, boolean nullable) {
  /** Some tens of megabytes; builds within a second or two. */
  static final int LARGEST = 1_000_000;

  private static final PatternSize NOTHING = new PatternSize(1, 0, 0, 1, true);

  static PatternSize of(Syntax syntax) {
    return switch (syntax) {
      case Syntax.Characters characters -> of(characters);
      case Syntax.Sequence sequence -> sequence(sequence.parts());
      case Syntax.Choice choice -> choice(choice.branches());
      case Syntax.Repeat repeat -> of(repeat.body()).repeat(repeat.least(), repeat.most());
      case Syntax.NonEmpty nonEmpty -> of(nonEmpty.body()).nonEmpty();
    };
  }

  double total() {
    return states + transitions;
  }

  private static PatternSize of(Syntax.Characters characters) {
    Automaton utf8 = characters.utf8();
    return new PatternSize(
        utf8.getNumStates(),
        utf8.getNumTransitions(),
        utf8.getNumTransitions(0),
        utf8.getAcceptStates().cardinality(),
        false);
  }

  private static PatternSize sequence(List<Syntax> parts) {
    PatternSize size = NOTHING;
    for (Syntax part : parts) {
      size = size.then(of(part));
    }
    return size;
  }

  /** Every state that ends the one gets what starts the other. */
  private PatternSize then(PatternSize that) {
    return new PatternSize(
        states + that.states,
        transitions + that.transitions + last * that.first,
        first + (nullable ? that.first : 0),
        that.last + (that.nullable ? last : 0),
        nullable && that.nullable);
  }

  private static PatternSize choice(List<Syntax> branches) {
    PatternSize size = new PatternSize(1, 0, 0, 1, false);
    for (Syntax branch : branches) {
      PatternSize that = of(branch);
      size =
          new PatternSize(
              size.states + that.states,
              size.transitions + that.transitions + that.first,
              size.first + that.first,
              size.last + that.last,
              size.nullable || that.nullable);
    }
    return size;
  }

  private PatternSize repeat(int least, int most) {
    if (nullable) {
      return nonEmpty().repeat(0, most);
    }
    boolean unbounded = most == Syntax.Repeat.UNBOUNDED;
    double copies = unbounded ? least + 1.0 : most;
    double ends = unbounded ? 1 : (double) most - least + 1;
    return new PatternSize(
        copies * states + 1,
        copies * (transitions + last * first) + first,
        first,
        ends * last + 1,
        least == 0);
  }

  private PatternSize nonEmpty() {
    return nullable ? new PatternSize(states + 1, transitions + first, first, last, false) : this;
  }
}

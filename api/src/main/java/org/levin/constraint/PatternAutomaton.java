package org.levin.constraint;

import java.util.List;
import org.apache.lucene.util.automaton.Automata;
import org.apache.lucene.util.automaton.Automaton;
import org.apache.lucene.util.automaton.Operations;
import org.apache.lucene.util.automaton.TooComplexToDeterminizeException;
import org.apache.lucene.util.automaton.Transition;
import org.levin.internal.Arguments;

/** The automaton over bytes whose texts, in UTF-8, are those of a regular expression. */
final class PatternAutomaton {
  /** Lucene visits ten times as many states before it gives up: about a second. */
  private static final int WORK_LIMIT = 200_000;

  private PatternAutomaton() {}

  /**
   * Returns a deterministic automaton in which every state leads to a complete text.
   *
   * @throws IllegalArgumentException if it would be too large
   */
  static Automaton of(Syntax syntax) {
    Arguments.require(
        PatternSize.of(syntax).total() <= PatternSize.LARGEST,
        "the pattern is too complex: its automaton would have more than %d states and transitions; simplify it, or use smaller counts",
        PatternSize.LARGEST);
    return deterministic(build(syntax));
  }

  /**
   * Returns an automaton of the same texts with one path for each.
   *
   * @throws IllegalArgumentException if it would be too large
   */
  static Automaton deterministic(Automaton automaton) {
    try {
      return Operations.removeDeadStates(Operations.determinize(automaton, WORK_LIMIT));
    } catch (TooComplexToDeterminizeException e) {
      throw new IllegalArgumentException(
          "the constraint is too complex: it leaves open for too long which of its parts is being written; simplify it, use smaller counts, or allow fewer texts",
          e);
    }
  }

  private static Automaton build(Syntax syntax) {
    return switch (syntax) {
      case Syntax.Characters characters -> characters.utf8();
      case Syntax.Sequence sequence -> sequence(sequence.parts());
      case Syntax.Choice choice ->
          Operations.union(choice.branches().stream().map(PatternAutomaton::build).toList());
      case Syntax.Repeat repeat -> repeat(build(repeat.body()), repeat.least(), repeat.most());
      case Syntax.NonEmpty nonEmpty -> nonEmpty(build(nonEmpty.body()));
    };
  }

  private static Automaton sequence(List<Syntax> parts) {
    return parts.isEmpty()
        ? Automata.makeEmptyString()
        : Operations.concatenate(parts.stream().map(PatternAutomaton::build).toList());
  }

  private static Automaton repeat(Automaton body, int least, int most) {
    if (isNullable(body)) {
      // The same texts, but copies that can all be left out would each lead to all that follow.
      return repeat(nonEmpty(body), 0, most);
    }
    if (most == Syntax.Repeat.UNBOUNDED) {
      return Operations.repeat(body, least);
    }
    Automaton copies = most == 0 ? Automata.makeEmptyString() : copies(body, least, most);
    return least == 0 ? Operations.optional(copies) : copies;
  }

  /**
   * Returns the automaton of {@code least} to {@code most} texts of the body in a row, at least
   * one. Lucene's own takes a time that grows with the square of the count.
   */
  private static Automaton copies(Automaton body, int least, int most) {
    Automaton.Builder result = new Automaton.Builder();
    int states = body.getNumStates();
    int[] ends = body.getAcceptStates().stream().toArray();
    Transition step = new Transition();
    for (int copy = 0; copy < most; copy++) {
      int offset = copy * states;
      result.copy(body);
      for (int end : ends) {
        result.setAccept(offset + end, copy + 1 >= least);
        if (copy + 1 < most) {
          for (int i = body.initTransition(0, step); i > 0; i--) {
            body.getNextTransition(step);
            result.addTransition(offset + end, offset + states + step.dest, step.min, step.max);
          }
        }
      }
    }
    return result.finish();
  }

  /** Lucene has no steps without a character, so only the start can say. */
  private static boolean isNullable(Automaton automaton) {
    return automaton.isAccept(0);
  }

  private static Automaton nonEmpty(Automaton body) {
    if (!isNullable(body)) {
      return body;
    }
    // The start may be come back to, and then it is complete: so a start of its own.
    Automaton.Builder result = new Automaton.Builder();
    int start = result.createState();
    result.copy(body);
    result.addEpsilon(start, start + 1);
    result.setAccept(start, false);
    return result.finish();
  }
}

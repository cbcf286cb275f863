package org.levin.sampling;

import org.levin.constraint.Constraint;
import org.levin.internal.Arguments;
import org.levin.internal.Softmax;
import org.levin.text.Vocabulary;

/**
 * How far a text has come in its constraint; a value: each symbol more makes another.
 *
 * @param left symbols that may still be written
 */
record ConstrainedText(Constraint constraint, int state, long left) {

  /**
   * Returns the empty text.
   *
   * @throws IllegalArgumentException if the constraint is one of another vocabulary, or every text
   *     that it allows is longer than {@code length}
   */
  static ConstrainedText start(Constraint constraint, Vocabulary vocabulary, long length) {
    Arguments.require(
        constraint.vocabulary().fingerprint().equals(vocabulary.fingerprint()),
        "the constraint was made for another vocabulary; make it with that of the model");
    int shortest = constraint.distance(constraint.start());
    Arguments.require(
        shortest <= length,
        "the shortest text that the constraint allows has %d symbols, but length is %d",
        shortest,
        length);
    return new ConstrainedText(constraint, constraint.start(), length);
  }

  ConstrainedText after(int id) {
    return new ConstrainedText(constraint, constraint.next(state, id), left - 1);
  }

  /** Returns whether the text may end here. */
  boolean isComplete() {
    return constraint.isComplete(state);
  }

  /** Returns whether the text must end here. */
  boolean isOver() {
    for (int id = 0; id < constraint.vocabulary().size(); id++) {
      if (isWithinReach(id)) {
        return false;
      }
    }
    return true;
  }

  /** After such a symbol, a complete text is within reach of the length. */
  private boolean isWithinReach(int id) {
    int next = constraint.next(state, id);
    return next != Constraint.DEAD && constraint.distance(next) < left;
  }

  /**
   * Returns the probability of ending here, which is that of what the constraint does not allow
   * next; 0 where the text is not complete.
   *
   * @param logits {@code [V]}; not modified
   */
  double endProbability(float[] logits) {
    if (!isComplete()) {
      return 0;
    }
    if (isOver()) {
      return 1;
    }
    double[] probabilities = Softmax.probabilities(logits);
    double sum = 0;
    for (int id = 0; id < probabilities.length; id++) {
      if (constraint.next(state, id) == Constraint.DEAD) {
        sum += probabilities[id];
      }
    }
    return sum;
  }

  /** Bans what the constraint does not allow next, or not within reach of the length. */
  void mask(float[] logits) {
    for (int id = 0; id < logits.length; id++) {
      if (!isWithinReach(id)) {
        logits[id] = Float.NEGATIVE_INFINITY;
      }
    }
  }
}

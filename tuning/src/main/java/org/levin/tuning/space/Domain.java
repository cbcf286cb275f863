package org.levin.tuning.space;

import java.util.List;

/**
 * The values that a parameter may take, laid out over {@code [0,1)}: strategies move about there
 * and know nothing of what the numbers mean. Neighbours in {@code [0,1)} are neighbouring values.
 */
public sealed interface Domain permits RealRange, IntegerRange, Choice {

  /**
   * Returns the value at a place: a Long, a Double or a String.
   *
   * @param unit in {@code [0,1)}
   */
  Object at(double unit);

  /**
   * Returns a place in {@code [0,1)} at which the value lies.
   *
   * @throws IllegalArgumentException if it is not one of this domain
   */
  double placeOf(Object value);

  /** Returns values at both ends; every one where there are few. */
  List<Object> ends();

  /** Returns the domain as {@link SearchSpace#parse} reads it. */
  @Override
  String toString();
}

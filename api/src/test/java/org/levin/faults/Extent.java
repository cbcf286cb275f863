package org.levin.faults;

/**
 * How much of a test of faults is run: a part that takes seconds, or, under the profile {@code
 * faults}, the whole.
 */
public final class Extent {
  private static final boolean WHOLE = "whole".equals(System.getProperty("levin.faults"));

  private Extent() {}

  /** Returns {@code part}, or {@code whole} under the profile. */
  public static int of(int part, int whole) {
    return WHOLE ? whole : part;
  }
}

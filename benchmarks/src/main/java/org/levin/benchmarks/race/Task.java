package org.levin.benchmarks.race;

import java.util.OptionalDouble;

/** What a contest is about, and what bounds it. */
enum Task {
  /** Forward, backward, clipping, Adam: three products for each one forward. */
  TRAIN {
    @Override
    OptionalDouble limit(Shape shape, int vocabulary, Limits limits) {
      return OptionalDouble.of(
          limits.peakGflops() * GIGA / (3 * OPERATIONS * shape.multiplyAdds(vocabulary)));
    }
  },

  /** One stream, one character after the other: every weight is read for every character. */
  GENERATE {
    @Override
    OptionalDouble limit(Shape shape, int vocabulary, Limits limits) {
      return OptionalDouble.of(
          limits.bandwidthGBps() * GIGA / (Float.BYTES * shape.multiplyAdds(vocabulary)));
    }
  },

  /** Cross-entropy of given texts. */
  SCORE {
    @Override
    OptionalDouble limit(Shape shape, int vocabulary, Limits limits) {
      // One row uses the weights of the recurrence once a step; the others could serve many steps.
      double operations = OPERATIONS * shape.multiplyAdds(vocabulary);
      return OptionalDouble.of(
          shape.rows() == 1
              ? limits.bandwidthGBps() * GIGA / (Float.BYTES * shape.recurrentMultiplyAdds())
              : limits.peakGflops() * GIGA / operations);
    }
  },

  /** Text to a corpus file. */
  ENCODE {
    @Override
    OptionalDouble limit(Shape shape, int vocabulary, Limits limits) {
      return OptionalDouble.empty();
    }
  };

  private static final double GIGA = 1e9;

  /** A multiply-add counts as two. */
  private static final double OPERATIONS = 2;

  /** Returns the characters a second that the machine's limit allows, where there is one. */
  abstract OptionalDouble limit(Shape shape, int vocabulary, Limits limits);
}

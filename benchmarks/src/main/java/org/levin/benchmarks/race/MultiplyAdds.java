package org.levin.benchmarks.race;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** Fused multiply-adds that touch registers only. Belongs to one thread. */
final class MultiplyAdds {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int REPEATS = 1 << 19;

  /** Enough to hide the latency, few enough for sixteen registers. */
  private static final int CHAINS = 10;

  /** Floating-point operations of one run. */
  static final double OPERATIONS = 2.0 * CHAINS * REPEATS * SPECIES.length();

  private final float[] sink = new float[SPECIES.length()];

  void run() {
    FloatVector a = FloatVector.broadcast(SPECIES, 0.999f);
    FloatVector b = FloatVector.broadcast(SPECIES, 1e-3f);
    FloatVector c0 = b;
    FloatVector c1 = b;
    FloatVector c2 = b;
    FloatVector c3 = b;
    FloatVector c4 = b;
    FloatVector c5 = b;
    FloatVector c6 = b;
    FloatVector c7 = b;
    FloatVector c8 = b;
    FloatVector c9 = b;
    for (int i = 0; i < REPEATS; i++) {
      c0 = a.fma(c0, b);
      c1 = a.fma(c1, b);
      c2 = a.fma(c2, b);
      c3 = a.fma(c3, b);
      c4 = a.fma(c4, b);
      c5 = a.fma(c5, b);
      c6 = a.fma(c6, b);
      c7 = a.fma(c7, b);
      c8 = a.fma(c8, b);
      c9 = a.fma(c9, b);
    }
    // Kept, so that the compiler must compute all of it.
    c0.add(c1).add(c2).add(c3).add(c4).add(c5).add(c6).add(c7).add(c8).add(c9).intoArray(sink, 0);
  }
}

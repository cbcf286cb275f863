package org.levin.benchmarks.race;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** Reads as many floats as a model of two layers of 512 units has weights, again and again. */
final class WeightReading {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();
  private static final int CHAINS = 4;
  private static final int FLOATS = 13 << 18;
  private static final int PASSES = 4;

  /** Bytes that all threads together read in a run. */
  static final double BYTES = (double) PASSES * FLOATS * Float.BYTES;

  private final float[] weights = new float[FLOATS];
  private final float[] sink = new float[1 << 12];

  /** Reads one thread's part: threads divide the weights, as those of an engine would. */
  void run(int thread, int threads) {
    int part = FLOATS / threads / (CHAINS * LANES) * (CHAINS * LANES);
    for (int pass = 0; pass < PASSES; pass++) {
      read(thread * part, (thread + 1) * part, thread * LANES);
    }
  }

  private void read(int from, int to, int place) {
    FloatVector s0 = FloatVector.zero(SPECIES);
    FloatVector s1 = s0;
    FloatVector s2 = s0;
    FloatVector s3 = s0;
    for (int i = from; i < to; i += CHAINS * LANES) {
      s0 = s0.add(FloatVector.fromArray(SPECIES, weights, i));
      s1 = s1.add(FloatVector.fromArray(SPECIES, weights, i + LANES));
      s2 = s2.add(FloatVector.fromArray(SPECIES, weights, i + 2 * LANES));
      s3 = s3.add(FloatVector.fromArray(SPECIES, weights, i + 3 * LANES));
    }
    s0.add(s1).add(s2.add(s3)).intoArray(sink, place);
  }
}

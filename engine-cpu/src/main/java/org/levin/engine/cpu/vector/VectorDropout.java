package org.levin.engine.cpu.vector;

import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.XOR;

import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;
import org.levin.engine.TrainingStep;

/**
 * The masks of dropout for a line of a strip: Philox4x32-10, one block of four words in each lane.
 * A word is the lower half of its lane; C2 multiplies two such halves in one instruction.
 *
 * @see org.levin.engine.DropoutMask
 */
final class VectorDropout {
  /** Words of a block. */
  static final int WORDS = 4;

  private static final VectorSpecies<Long> SPECIES = LongVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();

  /** Units of a call. */
  static final int UNITS = WORDS * LANES;

  private static final int ROUNDS = 10;
  private static final long M0 = 0xD2511F53L;
  private static final long M1 = 0xCD9E8D57L;
  private static final int W0 = 0x9E3779B9;
  private static final int W1 = 0xBB67AE85;
  private static final long LOW = 0xFFFFFFFFL;

  private static final LongVector LANE = LongVector.zero(SPECIES).addIndex(1);
  private static final VectorShuffle<Long> FIRST_HALF = VectorShuffle.makeZip(SPECIES, 0);
  private static final VectorShuffle<Long> SECOND_HALF = VectorShuffle.makeZip(SPECIES, 1);

  private VectorDropout() {}

  /** Writes {@link #UNITS} factors; {@code position} is that of the first word of a block. */
  static void fill(
      TrainingStep step,
      long threshold,
      float scale,
      int layer,
      int row,
      long position,
      float[] factors,
      int offset) {
    LongVector c0 = LANE.add(position / WORDS);
    LongVector c1 = LongVector.broadcast(SPECIES, row & LOW);
    LongVector c2 = LongVector.broadcast(SPECIES, step.number() & LOW);
    LongVector c3 = LongVector.broadcast(SPECIES, layer & LOW);
    int k0 = (int) step.seed();
    int k1 = (int) (step.seed() >>> 32);
    for (int round = 0; round < ROUNDS; round++) {
      LongVector p0 = c0.and(LOW).mul(LongVector.broadcast(SPECIES, M0));
      LongVector p1 = c2.and(LOW).mul(LongVector.broadcast(SPECIES, M1));
      c0 = p1.lanewise(LSHR, 32).lanewise(XOR, c1).lanewise(XOR, k0 & LOW);
      c1 = p1;
      c2 = p0.lanewise(LSHR, 32).lanewise(XOR, c3).lanewise(XOR, k1 & LOW);
      c3 = p0;
      k0 += W0;
      k1 += W1;
    }
    LongVector zero = LongVector.zero(SPECIES);
    LongVector kept = LongVector.broadcast(SPECIES, Float.floatToRawIntBits(scale) & LOW);
    LongVector f0 = zero.blend(kept, c0.and(LOW).compare(VectorOperators.GE, threshold));
    LongVector f1 = zero.blend(kept, c1.and(LOW).compare(VectorOperators.GE, threshold));
    LongVector f2 = zero.blend(kept, c2.and(LOW).compare(VectorOperators.GE, threshold));
    LongVector f3 = zero.blend(kept, c3.and(LOW).compare(VectorOperators.GE, threshold));
    LongVector front = f1.lanewise(LSHL, 32).or(f0);
    LongVector back = f3.lanewise(LSHL, 32).or(f2);
    front.rearrange(FIRST_HALF, back).reinterpretAsFloats().intoArray(factors, offset);
    front.rearrange(SECOND_HALF, back).reinterpretAsFloats().intoArray(factors, offset + UNITS / 2);
  }
}

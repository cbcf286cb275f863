package org.levin.engine;

import java.util.Objects;
import org.levin.internal.Philox;

/**
 * The masks of inverted dropout, the same on every engine: a unit is kept iff its random word is at
 * least p·2<sup>32</sup> (unsigned). Seed, step of the run, layer, row, and position {@code t·H +
 * unit} in the row determine the word, so that no mask depends on threads or order.
 *
 * <p>An object of this class has scratch memory and belongs to one thread at a time.
 *
 * @see Philox
 * @see <a href="https://jmlr.org/papers/v15/srivastava14a.html">Srivastava et al. (2014)</a>
 */
public final class DropoutMask {
  private static final int WORDS = 4;
  private static final long UNSIGNED = 0xFFFFFFFFL;

  private final long seed;
  private final int step;
  private final long threshold;
  private final float scale;
  private final int[] words = new int[WORDS];

  /** Makes the masks of one step of training. */
  public DropoutMask(TrainingStep step) {
    this.seed = step.seed();
    this.step = (int) step.number();
    this.threshold = Math.round(step.dropout() * 0x1p32);
    this.scale = (float) (1 / (1 - step.dropout()));
  }

  /** Returns the least random word, unsigned, that keeps a unit: p·2<sup>32</sup>. */
  public long threshold() {
    return threshold;
  }

  /** Returns the factor of a unit that is kept: 1/(1-p). */
  public float scale() {
    return scale;
  }

  /**
   * Writes the factors of the units of one row of a layer's output at one time.
   *
   * @param layer from 0
   * @param row row of the batch
   * @param position {@code t·H}, the position of the first unit
   * @param factors 0 for a unit that is dropped, {@code 1/(1-p)} for one that is kept; overwritten
   *     in {@code [offset,offset+count)}
   * @param count units
   * @throws IllegalArgumentException if {@code position} is negative
   * @throws IndexOutOfBoundsException if that range is not within the array
   */
  public void fill(int layer, int row, long position, float[] factors, int offset, int count) {
    // Called for every row of every step: no arguments for a message that is never written.
    if (position < 0) {
      throw new IllegalArgumentException("position must be at least 0, but was " + position);
    }
    Objects.checkFromIndexSize(offset, count, factors.length);
    for (int unit = 0; unit < count; unit++) {
      int lane = (int) ((position + unit) % WORDS);
      if (lane == 0 || unit == 0) {
        Philox.block(seed, (int) ((position + unit) / WORDS), row, step, layer, words);
      }
      factors[offset + unit] = (words[lane] & UNSIGNED) >= threshold ? scale : 0f;
    }
  }
}

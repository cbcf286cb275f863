package org.levin.internal;

/**
 * Philox4x32-10, a counter-based random number generator: the numbers of a place are a function of
 * the seed and the place, whoever asks first.
 *
 * <p>The counter is (block of four positions, row, step of the run, site). Steps are counted from
 * 1, so each use has counters of its own:
 *
 * <ul>
 *   <li>dropout above layer {@code l}: position {@code t·H + unit}, row of the batch, step, site
 *       {@code l};
 *   <li>initial values of tensor {@code n}: position in the tensor, row 0, step 0, site {@code n};
 *   <li>draw {@code n} of a sampler: block {@code n}, its upper 32 bits in place of the row, step
 *       0, site {@link #SAMPLING_SITE}; the first two words for the symbol, the others for whether
 *       a text under a constraint ends before it.
 * </ul>
 *
 * @see <a href="https://doi.org/10.1145/2063384.2063405">Salmon, Moraes, Dror &amp; Shaw, Parallel
 *     Random Numbers: As Easy as 1, 2, 3 (2011)</a>
 */
public final class Philox {
  /** The draws of a sampler; no network has so many tensors. */
  public static final int SAMPLING_SITE = -1;

  private static final long M0 = 0xD2511F53L;
  private static final long M1 = 0xCD9E8D57L;
  private static final int W0 = 0x9E3779B9;
  private static final int W1 = 0xBB67AE85;
  private static final long LOW = 0xFFFFFFFFL;

  private Philox() {}

  /** Writes the four words of one counter to {@code words[0..4)}. */
  public static void block(long key, int position, int row, int step, int site, int[] words) {
    int c0 = position;
    int c1 = row;
    int c2 = step;
    int c3 = site;
    int k0 = (int) key;
    int k1 = (int) (key >>> 32);
    for (int round = 0; round < 10; round++) {
      long p0 = M0 * (c0 & LOW);
      long p1 = M1 * (c2 & LOW);
      c0 = (int) (p1 >>> 32) ^ c1 ^ k0;
      c1 = (int) p1;
      c2 = (int) (p0 >>> 32) ^ c3 ^ k1;
      c3 = (int) p0;
      k0 += W0;
      k1 += W1;
    }
    words[0] = c0;
    words[1] = c1;
    words[2] = c2;
    words[3] = c3;
  }

  /** Returns the top 24 bits of a word as a number in {@code [0, 1)}. */
  public static float uniform(int word) {
    return (word >>> 8) * 0x1p-24f;
  }
}

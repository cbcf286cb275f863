package org.levin.sampling;

import java.util.Arrays;
import org.levin.engine.Network;
import org.levin.engine.NetworkState;
import org.levin.internal.Philox;
import org.levin.text.TextDecoder;
import org.levin.text.UnknownSymbols;
import org.levin.text.Vocabulary;

/**
 * A text in the making: the network's state after what was read and written so far, and the random
 * numbers of one seed. Draw {@code n} of a seed is the same whatever other sessions do. Belongs to
 * one thread.
 */
public final class GenerationSession implements AutoCloseable {
  private static final String LINE_BREAK = "\n";

  /** Symbols of a prompt that go through the network at once. */
  private static final int PIECE = 256;

  /** 53 bits of two words make a double in [0,1). */
  private static final double UNIT = 0x1p-53;

  private final Network network;
  private final Vocabulary vocabulary;
  private final NetworkState state;
  private final TextDecoder decoder;
  private final long seed;
  private final float[] logits;
  private final int[] words = new int[4];
  private long draws;
  private boolean started;

  /**
   * Starts a session on a network, which must stay open; most callers take {@code
   * SequenceModel.session}.
   */
  public GenerationSession(Network network, Vocabulary vocabulary, long seed) {
    this.network = network;
    this.vocabulary = vocabulary;
    this.seed = seed;
    this.state = network.state(1);
    this.decoder = vocabulary.decoder();
    this.logits = new float[vocabulary.size()];
  }

  /**
   * Reads a text, as if the session had written it. Reading nothing is allowed.
   *
   * @throws org.levin.text.UnknownSymbolException if the vocabulary lacks a symbol and the policy
   *     is to fail
   */
  public void feed(String text, UnknownSymbols unknown) {
    int[] ids = vocabulary.encode(text, unknown);
    if (ids.length > 0) {
      feed(ids);
    }
  }

  /** Goes in pieces, because the logits of every symbol, though not needed, take memory. */
  private void feed(int... ids) {
    for (int from = 0; from < ids.length; from += PIECE) {
      int[] piece = Arrays.copyOfRange(ids, from, Math.min(ids.length, from + PIECE));
      float[] all = piece.length == 1 ? logits : new float[piece.length * logits.length];
      network.forward(piece, piece.length, state, all);
      System.arraycopy(all, all.length - logits.length, logits, 0, logits.length);
    }
    started = true;
  }

  /**
   * Draws the next symbol, reads it, and returns its id. A session that has read nothing starts as
   * after a line break.
   */
  public int next(Sampler sampler) {
    start();
    float[] shaped = logits.clone();
    sampler.reshape(shaped);
    int id = Draw.from(shaped, uniform());
    feed(id);
    return id;
  }

  /**
   * Draws the next symbol like {@link #next}, and returns the text that it completes: nothing while
   * a character is not whole.
   */
  public String nextText(Sampler sampler) {
    return decoder.append(next(sampler));
  }

  /**
   * Returns the text of what {@link #nextText} has held back, malformed as it is; nothing as a
   * rule.
   */
  public String finish() {
    return decoder.finish();
  }

  /**
   * A vocabulary without a line break starts after its first symbol: the network needs something to
   * start from.
   */
  private void start() {
    if (!started) {
      int[] lineBreak = vocabulary.encode(LINE_BREAK, UnknownSymbols.skip());
      feed(lineBreak.length > 0 ? Arrays.copyOf(lineBreak, 1) : new int[] {0});
    }
  }

  private double uniform() {
    Philox.block(seed, (int) draws, (int) (draws >>> 32), 0, Philox.SAMPLING_SITE, words);
    draws++;
    return (((long) words[0] << 32 | words[1] & 0xFFFFFFFFL) >>> 11) * UNIT;
  }

  @Override
  public void close() {
    state.close();
  }
}

package org.levin.evaluation;

import java.io.IOException;
import java.io.Reader;
import java.nio.CharBuffer;
import java.util.Arrays;
import java.util.function.Consumer;
import org.levin.corpus.TokenSequence;
import org.levin.engine.Network;
import org.levin.engine.NetworkState;
import org.levin.internal.Arguments;
import org.levin.internal.Pieces;
import org.levin.text.UnknownSymbolException;
import org.levin.text.UnknownSymbols;
import org.levin.text.Vocabulary;

/**
 * Scores a text of any size that comes in pieces, in memory that does not grow with it. Wherever
 * the text is cut, the numbers are those of the whole. They may be asked for at any time, and are
 * those of the text so far. Belongs to one thread.
 */
public final class TextScorer implements Likelihood, AutoCloseable {
  private final Network network;
  private final Vocabulary vocabulary;
  private final UnknownSymbols unknown;
  private final Consumer<? super ScoredSymbol> listener;
  private final SymbolScores scores;
  private final NetworkState state;

  /** The id that the network reads next; {@link SymbolScores#NOTHING} at the very beginning. */
  private int last = SymbolScores.NOTHING;

  /** Half a surrogate pair at the end of a piece, or nothing. */
  private String half = "";

  /** Code points before the next piece; of a text that came as ids, the ids. */
  private long position;

  private long tokens;
  private long utf8Bytes;
  private double logProbability;

  /**
   * Starts a text; the network must stay open. Most callers take {@code SequenceModel.scorer}.
   *
   * @param listener is given each symbol that is scored, in order
   */
  public TextScorer(
      Network network,
      Vocabulary vocabulary,
      ScoringOptions options,
      Consumer<? super ScoredSymbol> listener) {
    this.network = network;
    this.vocabulary = vocabulary;
    this.unknown = options.unknownSymbols();
    this.listener = listener;
    this.scores = new SymbolScores(vocabulary);
    int[] context = options.contextIds(vocabulary);
    this.state = network.state(1);
    boolean read = false;
    try {
      read(context, false);
      read = true;
    } finally {
      if (!read) {
        state.close();
      }
    }
  }

  /**
   * Goes on with the text.
   *
   * @throws UnknownSymbolException if the vocabulary lacks a symbol and the policy is to fail; its
   *     position counts from the start of the text. Nothing of the piece is scored then
   */
  public TextScorer add(CharSequence piece) {
    String text = half + piece;
    int whole = text.length();
    if (whole > 0 && Character.isHighSurrogate(text.charAt(whole - 1))) {
      whole--;
    }
    int[] ids = encode(text.substring(0, whole));
    half = text.substring(whole);
    position += text.codePointCount(0, whole);
    read(ids, true);
    return this;
  }

  /**
   * Goes on with ids of the model's vocabulary.
   *
   * @throws IllegalArgumentException if one lies outside {@code [0,V)}; none is scored then
   * @throws UnknownSymbolException as {@link #finish}, for a piece of text before
   */
  public TextScorer add(int... ids) {
    for (int id : ids) {
      Arguments.require(
          id >= 0 && id < vocabulary.size(),
          "ids must lie in [0, %d), but one is %d",
          vocabulary.size(),
          id);
    }
    finish();
    position += ids.length;
    read(ids, true);
    return this;
  }

  /**
   * Goes on with all of an encoded text.
   *
   * @param tokens ids of the model's vocabulary
   */
  public TextScorer add(TokenSequence tokens) {
    int[] piece = new int[1 << 14];
    for (long from = 0; from < tokens.size(); from += piece.length) {
      int count = (int) Math.min(piece.length, tokens.size() - from);
      tokens.copyTo(from, piece, 0, count);
      add(Arrays.copyOf(piece, count));
    }
    return this;
  }

  /**
   * Goes on with all that a reader gives; does not close it.
   *
   * @throws IOException if it cannot be read
   */
  public TextScorer add(Reader reader) throws IOException {
    CharBuffer piece = CharBuffer.allocate(1 << 14);
    while (reader.read(piece) >= 0) {
      add(piece.flip());
      piece.clear();
    }
    return this;
  }

  /**
   * Says that the text ends here, and returns its likelihood.
   *
   * @throws UnknownSymbolException if it ends with half a surrogate pair and the policy is to fail
   */
  public Likelihood finish() {
    String rest = half;
    half = "";
    read(encode(rest), true);
    return this;
  }

  private int[] encode(String text) {
    try {
      return vocabulary.encode(text, unknown);
    } catch (UnknownSymbolException e) {
      throw new UnknownSymbolException(e.symbol(), position + e.position());
    }
  }

  private void read(int[] ids, boolean score) {
    int from = 0;
    if (last == SymbolScores.NOTHING && ids.length > 0) {
      last = ids[from++];
    }
    int most = Pieces.steps(1, vocabulary.size());
    for (; from < ids.length; from += most) {
      int[] piece = Arrays.copyOfRange(ids, from, Math.min(ids.length, from + most));
      int[] inputs = new int[piece.length];
      inputs[0] = last;
      System.arraycopy(piece, 0, inputs, 1, piece.length - 1);
      float[] logits = new float[piece.length * vocabulary.size()];
      network.forward(inputs, piece.length, state, logits);
      last = piece[piece.length - 1];
      if (score) {
        count(scores.of(logits, piece));
      }
    }
  }

  private void count(ScoredSymbol[] scored) {
    for (ScoredSymbol symbol : scored) {
      tokens++;
      utf8Bytes += scores.utf8Bytes(symbol.id());
      logProbability += symbol.logProbability();
      listener.accept(symbol);
    }
  }

  @Override
  public long tokens() {
    return tokens;
  }

  @Override
  public long utf8Bytes() {
    return utf8Bytes;
  }

  @Override
  public double logProbability() {
    return logProbability;
  }

  /** Frees what it holds of the engine; the numbers stay. Closing twice is harmless. */
  @Override
  public void close() {
    state.close();
  }
}

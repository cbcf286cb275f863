package org.levin.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.levin.corpus.Batch;
import org.levin.model.LstmArchitecture;
import org.levin.model.Parameters;

/**
 * A network whose logits depend on the last two symbols alone, so that all it computes can be
 * worked out by hand. Its state is one hidden unit: the last symbol.
 */
public final class MarkovNetwork implements Network {
  public static final LstmArchitecture ARCHITECTURE = LstmArchitecture.of(1, 1);

  /** Gives the logit of a symbol after two others; the earlier one is -1 at the beginning. */
  @FunctionalInterface
  public interface Logits {
    float of(int earlier, int last, int symbol);
  }

  /** All that single rows have read, in order. */
  public final List<Integer> read = new ArrayList<>();

  /** Logits that were asked for at once. */
  public int mostLogits;

  /** States that are not closed. */
  public int openStates;

  private final int symbols;
  private final Logits logits;

  /** Makes a network of {@code symbols} symbols. */
  public MarkovNetwork(int symbols, Logits logits) {
    this.symbols = symbols;
    this.logits = logits;
  }

  /** After symbol {@code v} it is all but certain of {@code v + 1}. */
  public static MarkovNetwork successor(int symbols) {
    return new MarkovNetwork(
        symbols, (_, last, symbol) -> symbol == (last + 1) % symbols ? 100 : 0);
  }

  /** Logits between -2 and 2 without any order. */
  public static MarkovNetwork mixed(int symbols) {
    return new MarkovNetwork(
        symbols,
        (earlier, last, symbol) ->
            2 * (float) Math.sin(1 + 7.1 * earlier + 3.7 * last + 1.3 * symbol * symbol));
  }

  /** Returns the natural logarithm of the probability of a symbol after two others. */
  public double logProbability(int earlier, int last, int symbol) {
    double sum = 0;
    for (int v = 0; v < symbols; v++) {
      sum += Math.exp(logits.of(earlier, last, v));
    }
    return logits.of(earlier, last, symbol) - Math.log(sum);
  }

  @Override
  public void forward(int[] inputs, int steps, NetworkState state, float[] result) {
    State own = (State) state;
    if (own.closed) {
      throw new IllegalStateException("the state is closed");
    }
    mostLogits = Math.max(mostLogits, result.length);
    for (int row = 0; row < own.rows(); row++) {
      for (int t = 0; t < steps; t++) {
        int id = inputs[row * steps + t];
        int earlier = (int) own.last[row] - 1;
        if (own.rows() == 1) {
          read.add(id);
        }
        for (int v = 0; v < symbols; v++) {
          result[(row * steps + t) * symbols + v] = logits.of(earlier, id, v);
        }
        own.last[row] = id + 1;
      }
    }
  }

  @Override
  public NetworkState state(int rows) {
    openStates++;
    return new State(rows);
  }

  /** The last symbol of each row plus one; zero is none. */
  private final class State implements NetworkState {
    private final float[] last;
    private boolean closed;

    State(int rows) {
      last = new float[rows];
    }

    @Override
    public int rows() {
      return last.length;
    }

    @Override
    public void reset() {
      Arrays.fill(last, 0);
    }

    @Override
    public float[] hidden() {
      return last.clone();
    }

    @Override
    public float[] cell() {
      return new float[last.length];
    }

    @Override
    public void set(float[] hidden, float[] cell) {
      System.arraycopy(hidden, 0, last, 0, last.length);
    }

    @Override
    public void close() {
      openStates -= closed ? 0 : 1;
      closed = true;
    }
  }

  @Override
  public double loss(Batch batch, NetworkState state) {
    throw new UnsupportedOperationException();
  }

  @Override
  public StepResult gradients(
      Batch batch, NetworkState state, TrainingStep step, float[] gradients) {
    throw new UnsupportedOperationException();
  }

  @Override
  public StepResult train(Batch batch, NetworkState state, TrainingStep step) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Parameters parameters() {
    throw new UnsupportedOperationException();
  }

  @Override
  public OptimizerState optimizerState() {
    throw new UnsupportedOperationException();
  }

  @Override
  public void restore(OptimizerState optimizerState) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void close() {}
}

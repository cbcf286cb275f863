package org.levin.engine.contract;

import org.levin.corpus.Batch;
import org.levin.engine.TrainingStep;
import org.levin.internal.Philox;
import org.levin.model.Parameters;

/**
 * The LSTM as the formulas say it, in scalar double precision, forward and backward: the reference
 * that every engine is held to. Slow, and meant to be read.
 *
 * <p>Shapes as in {@link org.levin.engine.Network}; gates in the order i, f, g, o.
 */
public final class NaiveLstm {
  private final int layers;
  private final int hidden;
  private final int vocabulary;
  private final double[][] inputWeight;
  private final double[][] recurrentWeight;
  private final double[][] inputBias;
  private final double[][] recurrentBias;
  private final double[] outputWeight;
  private final double[] outputBias;

  /**
   * What a run computed: mean loss, logits {@code [B,T,V]}, gradients in the order of the
   * parameters, and the state after the last step, {@code [L,B,H]}.
   */
  public record Result(
      double loss, double[] logits, double[] gradients, double[] hidden, double[] cell) {

    /** Returns the global norm of the gradients. */
    public double norm() {
      double squares = 0;
      for (double gradient : gradients) {
        squares += gradient * gradient;
      }
      return Math.sqrt(squares);
    }
  }

  /** Makes the network with these parameters, in the order of {@link Parameters}. */
  public NaiveLstm(Parameters shape, double[] values) {
    layers = shape.architecture().layers();
    hidden = shape.architecture().hiddenSize();
    vocabulary = shape.vocabularySize();
    inputWeight = new double[layers][];
    recurrentWeight = new double[layers][];
    inputBias = new double[layers][];
    recurrentBias = new double[layers][];
    int at = 0;
    for (int l = 0; l < layers; l++) {
      inputWeight[l] = cut(values, at, 4 * hidden * inputs(l));
      at += inputWeight[l].length;
      recurrentWeight[l] = cut(values, at, 4 * hidden * hidden);
      at += recurrentWeight[l].length;
      inputBias[l] = cut(values, at, 4 * hidden);
      at += 4 * hidden;
      recurrentBias[l] = cut(values, at, 4 * hidden);
      at += 4 * hidden;
    }
    outputWeight = cut(values, at, vocabulary * hidden);
    outputBias = cut(values, at + outputWeight.length, vocabulary);
  }

  /** Makes the network with these parameters. */
  public static NaiveLstm of(Parameters parameters) {
    return new NaiveLstm(parameters, doubles(parameters.toArray()));
  }

  /** Returns the values as doubles. */
  public static double[] doubles(float[] values) {
    double[] result = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      result[i] = values[i];
    }
    return result;
  }

  private int inputs(int layer) {
    return layer == 0 ? vocabulary : hidden;
  }

  private static double[] cut(double[] values, int from, int length) {
    return java.util.Arrays.copyOfRange(values, from, from + length);
  }

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }

  /** 0 or 1/(1-p): the dropout mask as the numerics define it. */
  private double mask(TrainingStep step, int row, int t, int layer, int unit) {
    if (step.dropout() == 0) {
      return 1;
    }
    int[] words = new int[4];
    long position = (long) t * hidden + unit;
    Philox.block(step.seed(), (int) (position / 4), row, (int) step.number(), layer, words);
    long word = Integer.toUnsignedLong(words[(int) (position % 4)]);
    return word >= Math.round(step.dropout() * 4294967296.0) ? 1 / (1 - step.dropout()) : 0;
  }

  /**
   * Runs a batch forward and backward.
   *
   * @param hidden0 state that enters, {@code [L,B,H]}
   * @param cell0 state that enters, {@code [L,B,H]}
   * @param step gives dropout, seed and number
   */
  public Result run(Batch batch, double[] hidden0, double[] cell0, TrainingStep step) {
    int rows = batch.rows();
    int steps = batch.steps();
    double[] logits = new double[rows * steps * vocabulary];
    double[] h = hidden0.clone();
    double[] c = cell0.clone();
    Gradients d = new Gradients();
    double loss = 0;
    for (int b = 0; b < rows; b++) {
      loss += row(batch, b, h, c, step, logits, d);
    }
    return new Result(loss / (rows * steps), logits, d.flat(), h, c);
  }

  /** One row through all steps, forward and backward; returns its summed loss. */
  private double row(
      Batch batch, int b, double[] h, double[] c, TrainingStep step, double[] logits, Gradients d) {
    int steps = batch.steps();
    double[][][] gates = new double[steps][layers][];
    double[][][] cells = new double[steps + 1][layers][hidden];
    double[][][] hiddens = new double[steps + 1][layers][hidden];
    double[][][] outputs = new double[steps][layers][hidden];
    double[][] dLogits = new double[steps][vocabulary];
    for (int l = 0; l < layers; l++) {
      for (int u = 0; u < hidden; u++) {
        hiddens[0][l][u] = h[(l * batch.rows() + b) * hidden + u];
        cells[0][l][u] = c[(l * batch.rows() + b) * hidden + u];
      }
    }
    double loss = 0;
    for (int t = 0; t < steps; t++) {
      int token = b * steps + t;
      for (int l = 0; l < layers; l++) {
        double[] x = l == 0 ? oneHot(batch.inputs()[token]) : outputs[t][l - 1];
        gates[t][l] = gates(l, x, hiddens[t][l]);
        for (int u = 0; u < hidden; u++) {
          double[] a = gates[t][l];
          double next = a[hidden + u] * cells[t][l][u] + a[u] * a[2 * hidden + u];
          cells[t + 1][l][u] = next;
          hiddens[t + 1][l][u] = a[3 * hidden + u] * Math.tanh(next);
          outputs[t][l][u] = hiddens[t + 1][l][u] * mask(step, b, t, l, u);
        }
      }
      loss +=
          loss(
              outputs[t][layers - 1],
              batch.targets()[token],
              batch.inputs().length,
              logits,
              token,
              dLogits[t]);
    }
    back(batch, b, step, gates, cells, hiddens, outputs, dLogits, d);
    for (int l = 0; l < layers; l++) {
      System.arraycopy(hiddens[steps][l], 0, h, (l * batch.rows() + b) * hidden, hidden);
      System.arraycopy(cells[steps][l], 0, c, (l * batch.rows() + b) * hidden, hidden);
    }
    return loss;
  }

  private double[] oneHot(int id) {
    double[] x = new double[vocabulary];
    x[id] = 1;
    return x;
  }

  private double[] gates(int l, double[] x, double[] h) {
    double[] a = new double[4 * hidden];
    for (int j = 0; j < a.length; j++) {
      double sum = inputBias[l][j] + recurrentBias[l][j];
      for (int k = 0; k < x.length; k++) {
        sum += inputWeight[l][j * x.length + k] * x[k];
      }
      for (int k = 0; k < hidden; k++) {
        sum += recurrentWeight[l][j * hidden + k] * h[k];
      }
      a[j] = j / hidden == 2 ? Math.tanh(sum) : sigmoid(sum);
    }
    return a;
  }

  private double loss(
      double[] y, int target, int tokens, double[] logits, int token, double[] dLogits) {
    double max = Double.NEGATIVE_INFINITY;
    for (int v = 0; v < vocabulary; v++) {
      double sum = outputBias[v];
      for (int u = 0; u < hidden; u++) {
        sum += outputWeight[v * hidden + u] * y[u];
      }
      logits[token * vocabulary + v] = sum;
      max = Math.max(max, sum);
    }
    double total = 0;
    for (int v = 0; v < vocabulary; v++) {
      total += Math.exp(logits[token * vocabulary + v] - max);
    }
    for (int v = 0; v < vocabulary; v++) {
      double probability = Math.exp(logits[token * vocabulary + v] - max) / total;
      dLogits[v] = (probability - (v == target ? 1 : 0)) / tokens;
    }
    return Math.log(total) + max - logits[token * vocabulary + target];
  }

  private void back(
      Batch batch,
      int b,
      TrainingStep step,
      double[][][] gates,
      double[][][] cells,
      double[][][] hiddens,
      double[][][] outputs,
      double[][] dLogits,
      Gradients d) {
    double[][] dHidden = new double[layers][hidden];
    double[][] dCell = new double[layers][hidden];
    for (int t = batch.steps() - 1; t >= 0; t--) {
      double[] dOutput = new double[hidden];
      for (int v = 0; v < vocabulary; v++) {
        d.outputBias[v] += dLogits[t][v];
        for (int u = 0; u < hidden; u++) {
          d.outputWeight[v * hidden + u] += dLogits[t][v] * outputs[t][layers - 1][u];
          dOutput[u] += dLogits[t][v] * outputWeight[v * hidden + u];
        }
      }
      for (int l = layers - 1; l >= 0; l--) {
        double[] x = l == 0 ? oneHot(batch.inputs()[b * batch.steps() + t]) : outputs[t][l - 1];
        double[] dGates = new double[4 * hidden];
        for (int u = 0; u < hidden; u++) {
          double i = gates[t][l][u];
          double f = gates[t][l][hidden + u];
          double g = gates[t][l][2 * hidden + u];
          double o = gates[t][l][3 * hidden + u];
          double squashed = Math.tanh(cells[t + 1][l][u]);
          double dh = dOutput[u] * mask(step, b, t, l, u) + dHidden[l][u];
          double dc = dCell[l][u] + dh * o * (1 - squashed * squashed);
          dGates[u] = dc * g * i * (1 - i);
          dGates[hidden + u] = dc * cells[t][l][u] * f * (1 - f);
          dGates[2 * hidden + u] = dc * i * (1 - g * g);
          dGates[3 * hidden + u] = dh * squashed * o * (1 - o);
          dCell[l][u] = dc * f;
        }
        dHidden[l] = new double[hidden];
        double[] dInput = new double[x.length];
        for (int j = 0; j < 4 * hidden; j++) {
          d.inputBias[l][j] += dGates[j];
          d.recurrentBias[l][j] += dGates[j];
          for (int k = 0; k < x.length; k++) {
            d.inputWeight[l][j * x.length + k] += dGates[j] * x[k];
            dInput[k] += dGates[j] * inputWeight[l][j * x.length + k];
          }
          for (int k = 0; k < hidden; k++) {
            d.recurrentWeight[l][j * hidden + k] += dGates[j] * hiddens[t][l][k];
            dHidden[l][k] += dGates[j] * recurrentWeight[l][j * hidden + k];
          }
        }
        dOutput = dInput;
      }
    }
  }

  /** Sums of gradients, tensor by tensor. */
  private final class Gradients {
    final double[][] inputWeight = new double[layers][];
    final double[][] recurrentWeight = new double[layers][4 * hidden * hidden];
    final double[][] inputBias = new double[layers][4 * hidden];
    final double[][] recurrentBias = new double[layers][4 * hidden];
    final double[] outputWeight = new double[vocabulary * hidden];
    final double[] outputBias = new double[vocabulary];

    Gradients() {
      for (int l = 0; l < layers; l++) {
        inputWeight[l] = new double[4 * hidden * inputs(l)];
      }
    }

    double[] flat() {
      var all = java.util.stream.DoubleStream.builder();
      for (int l = 0; l < layers; l++) {
        for (double[] tensor :
            new double[][] {inputWeight[l], recurrentWeight[l], inputBias[l], recurrentBias[l]}) {
          java.util.Arrays.stream(tensor).forEach(all);
        }
      }
      java.util.Arrays.stream(outputWeight).forEach(all);
      java.util.Arrays.stream(outputBias).forEach(all);
      return all.build().toArray();
    }
  }
}

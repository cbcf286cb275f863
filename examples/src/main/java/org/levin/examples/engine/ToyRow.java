package org.levin.examples.engine;

import java.util.Arrays;
import org.levin.corpus.Batch;
import org.levin.engine.DropoutMask;
import org.levin.engine.TrainingStep;
import org.levin.model.Parameters;

/**
 * One row of a batch through all steps, forward and backward, as the formulas say it. Gates are in
 * the order i, f, g, o. The state that is carried from step to step is rounded to floats, as it is
 * between calls, so that a text in pieces gives the numbers of the whole.
 */
final class ToyRow {
  /** Tensors of a layer: both weights, both biases. */
  private static final int TENSORS = 4;

  private final Parameters shape;
  private final float[] w;
  private final int layers;
  private final int hidden;
  private final int row;
  private final int steps;
  private final int[] inputs;

  /** {@code [T][L][4H]}. */
  private final double[][][] gates;

  /** {@code [T+1][L][H]}: what entered comes first. */
  private final float[][][] cells;

  private final float[][][] hiddens;

  /** {@code [T][L][H]}: 0 or 1/(1-p). */
  private final float[][][] masks;

  /** {@code [T][V]}. */
  final double[][] logits;

  ToyRow(Parameters shape, float[] weights, int row, int steps) {
    this.shape = shape;
    this.w = weights;
    this.row = row;
    this.steps = steps;
    layers = shape.architecture().layers();
    hidden = shape.architecture().hiddenSize();
    inputs = new int[steps];
    gates = new double[steps][layers][4 * hidden];
    cells = new float[steps + 1][layers][hidden];
    hiddens = new float[steps + 1][layers][hidden];
    masks = new float[steps][layers][hidden];
    logits = new double[steps][shape.vocabularySize()];
    for (float[][] step : masks) {
      for (float[] layer : step) {
        Arrays.fill(layer, 1);
      }
    }
  }

  /** Draws the masks that every engine draws. */
  void dropout(TrainingStep step) {
    DropoutMask mask = new DropoutMask(step);
    for (int t = 0; t < steps && step.dropout() > 0; t++) {
      for (int layer = 0; layer < layers; layer++) {
        mask.fill(layer, row, (long) t * hidden, masks[t][layer], 0, hidden);
      }
    }
  }

  /** From ids {@code [B,T]} to logits; the state is replaced. */
  void forward(int[] ids, ToyState state) {
    System.arraycopy(ids, row * steps, inputs, 0, steps);
    for (int layer = 0; layer < layers; layer++) {
      int at = (layer * state.rows() + row) * hidden;
      System.arraycopy(state.hidden, at, hiddens[0][layer], 0, hidden);
      System.arraycopy(state.cell, at, cells[0][layer], 0, hidden);
    }
    for (int t = 0; t < steps; t++) {
      for (int layer = 0; layer < layers; layer++) {
        cell(t, layer);
      }
      for (int v = 0; v < logits[t].length; v++) {
        logits[t][v] = w[outputBias() + v];
        for (int u = 0; u < hidden; u++) {
          logits[t][v] += w[outputWeight() + v * hidden + u] * output(t, layers - 1, u);
        }
      }
    }
    for (int layer = 0; layer < layers; layer++) {
      int at = (layer * state.rows() + row) * hidden;
      System.arraycopy(hiddens[steps][layer], 0, state.hidden, at, hidden);
      System.arraycopy(cells[steps][layer], 0, state.cell, at, hidden);
    }
  }

  private void cell(int t, int layer) {
    double[] a = gates[t][layer];
    for (int j = 0; j < 4 * hidden; j++) {
      double sum = (double) w[tensor(layer, 2) + j] + w[tensor(layer, 3) + j];
      if (layer == 0) {
        sum += w[tensor(0, 0) + j * shape.vocabularySize() + inputs[t]];
      } else {
        for (int k = 0; k < hidden; k++) {
          sum += w[tensor(layer, 0) + j * hidden + k] * output(t, layer - 1, k);
        }
      }
      for (int k = 0; k < hidden; k++) {
        sum += (double) w[tensor(layer, 1) + j * hidden + k] * hiddens[t][layer][k];
      }
      a[j] = j / hidden == 2 ? StrictMath.tanh(sum) : 1 / (1 + StrictMath.exp(-sum));
    }
    for (int u = 0; u < hidden; u++) {
      double next = a[hidden + u] * cells[t][layer][u] + a[u] * a[2 * hidden + u];
      cells[t + 1][layer][u] = (float) next;
      hiddens[t + 1][layer][u] = (float) (a[3 * hidden + u] * StrictMath.tanh(next));
    }
  }

  /** Returns the summed loss, and leaves the gradient of the mean loss in place of the logits. */
  double loss(Batch batch) {
    double loss = 0;
    for (int t = 0; t < steps; t++) {
      int target = batch.targets()[row * steps + t];
      double max = Arrays.stream(logits[t]).max().orElseThrow();
      double sum = Arrays.stream(logits[t]).map(x -> StrictMath.exp(x - max)).sum();
      loss += StrictMath.log(sum) + max - logits[t][target];
      for (int v = 0; v < logits[t].length; v++) {
        double probability = StrictMath.exp(logits[t][v] - max) / sum;
        logits[t][v] = (probability - (v == target ? 1 : 0)) / batch.inputs().length;
      }
    }
    return loss;
  }

  /** Adds the gradients of all parameters, in their order, to {@code sums}. */
  void backward(double[] sums) {
    double[][] dHidden = new double[layers][hidden];
    double[][] dCell = new double[layers][hidden];
    for (int t = steps - 1; t >= 0; t--) {
      double[] dOutput = new double[hidden];
      for (int v = 0; v < logits[t].length; v++) {
        double d = logits[t][v];
        sums[outputBias() + v] += d;
        for (int u = 0; u < hidden; u++) {
          sums[outputWeight() + v * hidden + u] += d * output(t, layers - 1, u);
          dOutput[u] += d * w[outputWeight() + v * hidden + u];
        }
      }
      for (int layer = layers - 1; layer >= 0; layer--) {
        double[] dGates = cellBackward(t, layer, dOutput, dHidden[layer], dCell[layer]);
        dOutput = new double[hidden];
        Arrays.fill(dHidden[layer], 0);
        for (int j = 0; j < 4 * hidden; j++) {
          product(t, layer, j, dGates[j], sums, dOutput, dHidden[layer]);
        }
      }
    }
  }

  private double[] cellBackward(
      int t, int layer, double[] dOutput, double[] dHidden, double[] dCell) {
    double[] a = gates[t][layer];
    double[] d = new double[4 * hidden];
    for (int u = 0; u < hidden; u++) {
      double i = a[u];
      double f = a[hidden + u];
      double g = a[2 * hidden + u];
      double o = a[3 * hidden + u];
      double squashed = StrictMath.tanh(cells[t + 1][layer][u]);
      double dh = dOutput[u] * masks[t][layer][u] + dHidden[u];
      double dc = dCell[u] + dh * o * (1 - squashed * squashed);
      d[u] = dc * g * i * (1 - i);
      d[hidden + u] = dc * cells[t][layer][u] * f * (1 - f);
      d[2 * hidden + u] = dc * i * (1 - g * g);
      d[3 * hidden + u] = dh * squashed * o * (1 - o);
      dCell[u] = dc * f;
    }
    return d;
  }

  /** What the gradient {@code d} of pre-activation {@code j} gives to all that it was made of. */
  private void product(
      int t, int layer, int j, double d, double[] sums, double[] dInput, double[] dHidden) {
    sums[tensor(layer, 2) + j] += d;
    sums[tensor(layer, 3) + j] += d;
    if (layer == 0) {
      sums[tensor(0, 0) + j * shape.vocabularySize() + inputs[t]] += d;
    } else {
      int at = tensor(layer, 0) + j * hidden;
      for (int k = 0; k < hidden; k++) {
        sums[at + k] += d * output(t, layer - 1, k);
        dInput[k] += d * w[at + k];
      }
    }
    int at = tensor(layer, 1) + j * hidden;
    for (int k = 0; k < hidden; k++) {
      sums[at + k] += d * hiddens[t][layer][k];
      dHidden[k] += d * w[at + k];
    }
  }

  private double output(int t, int layer, int unit) {
    return (double) hiddens[t + 1][layer][unit] * masks[t][layer][unit];
  }

  private int tensor(int layer, int index) {
    return shape.tensors().get(TENSORS * layer + index).offset();
  }

  private int outputWeight() {
    return tensor(layers, 0);
  }

  private int outputBias() {
    return tensor(layers, 1);
  }
}

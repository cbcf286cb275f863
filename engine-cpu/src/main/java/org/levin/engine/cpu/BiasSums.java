package org.levin.engine.cpu;

import java.util.Arrays;

/**
 * Sums of gradients of pre-activations over all tokens: those of the biases, and, by symbol, those
 * of the weights of a one-hot input. Scratch memory of one thread.
 */
final class BiasSums {
  private double[] sums = new double[0];
  private float[] table = new float[0];

  /**
   * Writes the sums of all columns, in double precision.
   *
   * @param firstStrip of the columns' segment
   * @param target where the sums go in {@code gradients}
   */
  void sum(float[] values, Strips strips, int firstStrip, float[] gradients, int target) {
    int width = strips.width();
    if (sums.length < width) {
      sums = new double[width];
    }
    for (int strip = 0; strip < strips.count(); strip++) {
      Arrays.fill(sums, 0);
      int first = strips.offset(firstStrip + strip, 0);
      for (int line = first; line < first + strips.stride(); line += width) {
        for (int lane = 0; lane < width; lane++) {
          sums[lane] += values[line + lane];
        }
      }
      for (int lane = 0; lane < strips.columns(strip); lane++) {
        gradients[target + strips.firstColumn(strip) + lane] = (float) sums[lane];
      }
    }
  }

  /**
   * Writes, for every column of a gate of layer 0, the sums over the tokens of each symbol: the
   * product with a one-hot matrix.
   *
   * @param firstStrip of the gate
   * @param target where {@code [H,V]} of them go in {@code gradients}
   */
  void sumBySymbol(Activations a, int firstStrip, int vocabulary, float[] gradients, int target) {
    Strips strips = a.units;
    float[] values = a.gates[0];
    int width = strips.width();
    if (table.length < vocabulary * width) {
      table = new float[vocabulary * width];
    }
    for (int strip = 0; strip < strips.count(); strip++) {
      Arrays.fill(table, 0);
      int first = strips.offset(firstStrip + strip, 0);
      for (int token = 0; token < strips.lines(); token++) {
        int source = first + token * width;
        int sum = a.inputs[token] * width;
        for (int lane = 0; lane < width; lane++) {
          table[sum + lane] += values[source + lane];
        }
      }
      for (int lane = 0; lane < strips.columns(strip); lane++) {
        int row = target + (strips.firstColumn(strip) + lane) * vocabulary;
        for (int id = 0; id < vocabulary; id++) {
          gradients[row + id] = table[id * width + lane];
        }
      }
    }
  }
}

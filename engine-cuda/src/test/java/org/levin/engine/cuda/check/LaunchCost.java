package org.levin.engine.cuda.check;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.levin.engine.cuda.driver.TimedDriver;

/**
 * What a launch has to do at least.
 *
 * @param operations two a multiply-add of a matrix product; others are not counted
 * @param bytes of device memory, each value read or written once
 */
record LaunchCost(double operations, double bytes) {
  private static final int GATES = 4;

  /** What a cell reads and writes a unit: four gates twice, both cell states, the hidden state. */
  private static final int FORWARD_CELL = 2 * GATES + 3;

  /** Four gates twice, both cell states, two gradients of the hidden state, one of the cell's. */
  private static final int BACKWARD_CELL = 2 * GATES + 6;

  /** What a step of writing reads and writes a unit: cell state both, the hidden state. */
  private static final int WRITING_CELL = 4;

  /** Parameter and moments read and written, and the gradient read. */
  private static final int ADAM = 7;

  /** Returns the cost of what was queued, if it is known. */
  static Optional<LaunchCost> of(TimedDriver.Timed timed) {
    List<Integer> n = timed.sizes();
    if (timed.name().startsWith("product")) {
      return Optional.of(product(timed.name(), n));
    }
    if (timed.name().startsWith("recurrent")) {
      int cell = timed.name().startsWith("recurrentForward") ? FORWARD_CELL : BACKWARD_CELL;
      return recurrent(cell, n.get(0), n.get(1), n.get(2));
    }
    if (timed.name().startsWith("write")) {
      return writing(timed.name(), n);
    }
    return switch (timed.name()) {
      case "zero", "copyToDevice", "copyToHost" -> bytes(timed.bytes());
      case "copy" -> bytes(2.0 * timed.bytes());
      case "gatherRows", "columnSums", "symbolSums", "symbolGradient" ->
          floats((double) n.get(0) * n.get(1));
      case "inputTable", "crossEntropy" -> floats(2.0 * n.get(0) * n.get(1));
      case "addBiases" -> floats(3.0 * n.get(0));
      case "addColumnSums" -> bytes((double) Double.BYTES * n.get(0) * n.get(1));
      case "dropout" -> floats(2.0 * n.get(1) * n.get(2) * n.get(3));
      case "cellForward" -> floats((double) FORWARD_CELL * n.get(0) * n.get(1));
      case "cellBackward" -> floats((double) BACKWARD_CELL * n.get(0) * n.get(1));
      case "copyFactorTf32", "copyFactorBf16" ->
          bytes(
              (double) n.get(0) * (Float.BYTES * n.get(1) + factorBytes(timed.name()) * n.get(2)));
      case "addSlices" -> floats((double) n.get(0) * (n.get(1) + 1));
      case "squareSums" -> floats(n.get(0));
      case "stepOutcome" -> bytes((double) Double.BYTES * (n.get(0) + n.get(1)));
      case "lossSum" -> bytes((double) Double.BYTES * n.get(0));
      case "adam" -> floats((double) ADAM * n.get(0));
      default -> Optional.empty();
    };
  }

  /**
   * Of rows, columns, depth, on tensor cores the depth of a slice and the lines of the factors, and
   * the addend's line.
   */
  private static LaunchCost product(String name, List<Integer> n) {
    double m = n.get(0);
    double columns = n.get(1);
    double depth = n.get(2);
    double results = n.size() > 4 ? Math.ceil(depth / n.get(3)) : 1;
    if (n.getLast() > 0) {
      results++; // what the product is added to is read
    }
    return new LaunchCost(
        2 * m * columns * depth,
        factorBytes(name) * (m * depth + depth * columns) + Float.BYTES * results * m * columns);
  }

  /** Returns the bytes of an element of a factor, for the kernel of this name. */
  static int factorBytes(String kernel) {
    return kernel.toLowerCase(Locale.ROOT).contains("bf16") ? Short.BYTES : Float.BYTES;
  }

  private static Optional<LaunchCost> recurrent(int cell, double rows, double units, double steps) {
    double weights = GATES * units * units;
    return Optional.of(
        new LaunchCost(
            2 * weights * rows * steps, Float.BYTES * (weights + cell * rows * units * steps)));
  }

  /** Weights are read once; those that stay in the second-level cache may come faster. */
  private static Optional<LaunchCost> writing(String name, List<Integer> n) {
    double rows = n.get(0);
    double units = n.get(1);
    if (name.startsWith("writeFirstLayer")) {
      return floats(GATES * units * (units + rows) + WRITING_CELL * rows * units);
    }
    if (name.startsWith("writeLayer")) {
      return floats(GATES * units * (2 * units + 2) + (WRITING_CELL + 1) * rows * units);
    }
    double symbols = units; // of the logits, before the units
    return floats(n.get(2) * (symbols + rows) + symbols * (rows + 1));
  }

  private static Optional<LaunchCost> floats(double count) {
    return bytes(Float.BYTES * count);
  }

  private static Optional<LaunchCost> bytes(double count) {
    return Optional.of(new LaunchCost(0, count));
  }

  /** Returns the seconds that it takes at least; 0 where peaks are unknown. */
  double seconds(String kernel, Peaks peaks) {
    return Math.max(operationSeconds(kernel, peaks), byteSeconds(peaks));
  }

  /** Returns the seconds for the operations alone. */
  double operationSeconds(String kernel, Peaks peaks) {
    return quotient(operations, peaks.operations(kernel));
  }

  /** Returns the seconds for the bytes alone. */
  double byteSeconds(Peaks peaks) {
    return quotient(bytes, peaks.bytes());
  }

  private static double quotient(double amount, double rate) {
    return rate == 0 ? 0 : amount / rate;
  }
}

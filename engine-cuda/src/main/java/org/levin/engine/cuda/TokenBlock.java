package org.levin.engine.cuda;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.levin.engine.TrainingStep;
import org.levin.engine.cuda.driver.DeviceContext;
import org.levin.engine.cuda.driver.DeviceMemory;
import org.levin.engine.cuda.driver.DeviceScope;

/**
 * What the host tells the kernels in every call, in one piece: the step, inputs and targets {@code
 * [T·B]}, and the tokens in the order of their input symbols.
 */
final class TokenBlock {
  private final DeviceContext context;
  private final int rows;
  private final int steps;
  private final int tokens;
  private final ByteBuffer host;
  private final DeviceMemory device;
  private final int[] starts;
  private final int[] next;

  TokenBlock(int rows, int steps, int vocabulary, DeviceScope scope) {
    this.rows = rows;
    this.steps = steps;
    context = scope.context();
    tokens = Math.multiplyExact(rows, steps);
    starts = new int[vocabulary + 1];
    next = new int[vocabulary];
    int words = Math.addExact(Math.multiplyExact(3, tokens), starts.length);
    int bytes = Math.addExact(StepValues.BYTES, Math.multiplyExact(words, Integer.BYTES));
    host = ByteBuffer.allocate(bytes).order(ByteOrder.nativeOrder());
    device = scope.allocate(bytes);
  }

  /** Returns the address of the {@link StepValues}. */
  long step() {
    return device.address();
  }

  /** Returns the address of {@code [T·B]}. */
  long inputs() {
    return word(0);
  }

  /** Returns the address of {@code [T·B]}. */
  long targets() {
    return word(tokens);
  }

  /** Returns the address of {@code [T·B]}, the tokens in the order of their symbols. */
  long positions() {
    return word(2 * tokens);
  }

  /** Returns the address of {@code [V+1]}: where the tokens of a symbol begin. */
  long starts() {
    return word(3 * tokens);
  }

  private long word(int index) {
    return device.address() + offset(index);
  }

  private static int offset(int index) {
    return StepValues.BYTES + index * Integer.BYTES;
  }

  /** Takes over ids {@code [B,total]}, of which the steps begin at {@code from}. */
  void inputs(int[] ids, int total, int from) {
    transpose(ids, total, from, 0);
  }

  /** Likewise. */
  void targets(int[] ids, int total, int from) {
    transpose(ids, total, from, tokens);
  }

  private void transpose(int[] ids, int total, int from, int word) {
    for (int t = 0; t < steps; t++) {
      for (int b = 0; b < rows; b++) {
        host.putInt(offset(word + t * rows + b), ids[b * total + from + t]);
      }
    }
  }

  /** Sorts the tokens by their input symbols; those of one symbol stay in order. */
  void sort() {
    Arrays.fill(starts, 0);
    for (int token = 0; token < tokens; token++) {
      starts[input(token) + 1]++;
    }
    for (int symbol = 0; symbol < next.length; symbol++) {
      next[symbol] = starts[symbol];
      starts[symbol + 1] += starts[symbol];
    }
    for (int token = 0; token < tokens; token++) {
      host.putInt(offset(2 * tokens + next[input(token)]++), token);
    }
    for (int symbol = 0; symbol < starts.length; symbol++) {
      host.putInt(offset(3 * tokens + symbol), starts[symbol]);
    }
  }

  private int input(int token) {
    return host.getInt(offset(token));
  }

  /** Takes over the step. */
  void step(TrainingStep step) {
    StepValues.write(step, host);
  }

  /** Queues the copy to the device. */
  void upload() {
    context.upload(host, device.address());
  }
}

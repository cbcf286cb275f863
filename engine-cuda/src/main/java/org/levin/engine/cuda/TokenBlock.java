package org.levin.engine.cuda;

import java.nio.IntBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;
import org.levin.corpus.Batch;
import org.levin.engine.cuda.driver.DeviceScope;
import org.levin.engine.cuda.driver.UploadBuffer;

/**
 * The tokens that the host gives to the kernels, in one piece: inputs and targets {@code [T·B]},
 * and the tokens in the order of their input symbols.
 */
final class TokenBlock {
  private final int rows;
  private final int steps;
  private final int tokens;
  private final UploadBuffer upload;
  private final int[] starts;
  private final int[] next;

  /** What {@link #put} took over and nothing has replaced. */
  private Optional<Batch> held = Optional.empty();

  TokenBlock(int rows, int steps, int vocabulary, DeviceScope scope) {
    this.rows = rows;
    this.steps = steps;
    tokens = Math.multiplyExact(rows, steps);
    starts = new int[vocabulary + 1];
    next = new int[vocabulary];
    int words = Math.addExact(Math.multiplyExact(3, tokens), starts.length);
    upload = new UploadBuffer(Math.multiplyExact(words, Integer.BYTES), scope);
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
    return upload.address() + (long) index * Integer.BYTES;
  }

  /**
   * Takes over inputs to go forward, and queues the copy to the device.
   *
   * @param ids {@code [B,total]}, of which the steps begin at {@code from}
   */
  void put(int[] ids, int total, int from) {
    send(words -> transpose(ids, total, from, words, 0));
  }

  /** Takes over inputs and targets likewise. */
  void put(int[] ids, int[] targetIds, int total, int from) {
    send(
        words -> {
          transpose(ids, total, from, words, 0);
          transpose(targetIds, total, from, words, tokens);
        });
  }

  /** Takes over a batch to train, with the order of its tokens, unless that was the last thing. */
  void put(Batch batch) {
    if (held.filter(last -> last == batch).isEmpty()) {
      send(
          words -> {
            transpose(batch.inputs(), steps, 0, words, 0);
            transpose(batch.targets(), steps, 0, words, tokens);
            sort(words);
          });
      held = Optional.of(batch);
    }
  }

  private void send(Consumer<IntBuffer> contents) {
    held = Optional.empty();
    contents.accept(upload.contents().asIntBuffer());
    upload.upload();
  }

  private void transpose(int[] ids, int total, int from, IntBuffer words, int first) {
    for (int t = 0; t < steps; t++) {
      for (int b = 0; b < rows; b++) {
        words.put(first + t * rows + b, ids[b * total + from + t]);
      }
    }
  }

  /** Sorts the tokens by their input symbols; those of one symbol stay in order. */
  private void sort(IntBuffer words) {
    Arrays.fill(starts, 0);
    for (int token = 0; token < tokens; token++) {
      starts[words.get(token) + 1]++;
    }
    for (int symbol = 0; symbol < next.length; symbol++) {
      next[symbol] = starts[symbol];
      starts[symbol + 1] += starts[symbol];
    }
    for (int token = 0; token < tokens; token++) {
      words.put(2 * tokens + next[words.get(token)]++, token);
    }
    words.put(3 * tokens, starts);
  }
}

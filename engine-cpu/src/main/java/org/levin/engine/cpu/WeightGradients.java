package org.levin.engine.cpu;

import java.util.Arrays;
import org.levin.engine.cpu.kernel.Kernels;
import org.levin.engine.cpu.kernel.MatrixProduct;
import org.levin.engine.cpu.kernel.PackedMatrix;

/**
 * The gradients of all weights and biases: sums over all tokens {@code t·B + b} in increasing
 * order, once the backward pass has left the gradients of the pre-activations. Threads divide the
 * output, block by block, never a sum.
 */
final class WeightGradients {
  /**
   * Rows of a weight matrix that one task computes: small enough to share out evenly, large enough
   * to reuse what it reads.
   */
  private static final int BLOCK_ROWS = 128;

  private final NetworkShape shape;
  private final Workers workers;
  private final Block[] blocks;
  private final PackedMatrix previous;
  private final PackedMatrix below;

  /** {@code [V,4H]}: the gradient of the input's weights, transposed. */
  private final float[] table;

  WeightGradients(NetworkShape shape, Kernels kernels, Workers workers, int tokens) {
    this.shape = shape;
    this.workers = workers;
    this.blocks = new Block[Math.max(blockCount(shape.gates()), blockCount(shape.vocabulary()))];
    Arrays.setAll(blocks, i -> new Block(kernels));
    this.previous = kernels.matrix(tokens, shape.hidden());
    this.below = kernels.matrix(tokens, shape.hidden());
    this.table = new float[shape.vocabulary() * shape.gates()];
  }

  /** Overwrites {@code gradients} with those of every parameter. */
  void run(Activations a, float[] gradients) {
    Arrays.fill(gradients, 0);
    Arrays.fill(table, 0);
    int hidden = shape.hidden();
    int gates = shape.gates();
    pack(below, a.output(shape.layers() - 1), a.outputOffset(hidden));
    workers.run(blockCount(shape.vocabulary()), i -> outputBlock(a, i, gradients));
    for (int layer = shape.layers() - 1; layer >= 0; layer--) {
      int each = layer;
      pack(previous, a.hiddens[layer], 0);
      if (layer > 0) {
        pack(below, a.output(layer - 1), a.outputOffset(hidden));
      }
      workers.run(blockCount(gates), i -> gateBlock(a, each, i, gradients));
    }
  }

  private void outputBlock(Activations a, int index, float[] gradients) {
    Block block = blocks[index];
    int from = index * BLOCK_ROWS;
    block.start(
        a.logits, shape.vocabulary(), from, Math.min(shape.vocabulary(), from + BLOCK_ROWS));
    while (block.next(below.depth())) {
      block.addBias();
      block.multiply(below, gradients, shape.outputWeight());
    }
    block.storeBias(gradients, shape.outputBias());
  }

  private void gateBlock(Activations a, int layer, int index, float[] gradients) {
    Block block = blocks[index];
    int from = index * BLOCK_ROWS;
    int to = Math.min(shape.gates(), from + BLOCK_ROWS);
    block.start(a.gates[layer], shape.gates(), from, to);
    while (block.next(previous.depth())) {
      block.addBias();
      block.multiply(previous, gradients, shape.recurrentWeight(layer));
      if (layer > 0) {
        block.multiply(below, gradients, shape.inputWeight(layer));
      } else {
        block.addTable(a.inputs, table);
      }
    }
    block.storeBias(gradients, shape.inputBias(layer));
    block.storeBias(gradients, shape.recurrentBias(layer));
    if (layer == 0) {
      transposeTable(from, to, gradients);
    }
  }

  private void transposeTable(int from, int to, float[] gradients) {
    int vocabulary = shape.vocabulary();
    for (int j = from; j < to; j++) {
      int row = shape.inputWeight(0) + j * vocabulary;
      for (int id = 0; id < vocabulary; id++) {
        gradients[row + id] = table[id * shape.gates() + j];
      }
    }
  }

  private void pack(PackedMatrix matrix, float[] source, int offset) {
    int tasks = Math.ceilDiv(matrix.depth(), Block.DEPTH);
    workers.run(
        tasks,
        i -> {
          int to = Math.min(matrix.depth(), (i + 1) * Block.DEPTH);
          matrix.packRows(source, offset, shape.hidden(), i * Block.DEPTH, to);
        });
  }

  private static int blockCount(int rows) {
    return Math.ceilDiv(rows, BLOCK_ROWS);
  }

  /**
   * Some columns of the left matrix {@code [tokens,columns]}, read once, {@link #DEPTH} tokens at a
   * time, for everything that is summed over tokens.
   */
  private static final class Block {
    /** Tokens at a time. */
    static final int DEPTH = 256;

    /**
     * Tokens whose lines fit into one set of the first cache together, where rows lie a power of
     * two apart.
     */
    private static final int STRIP = 8;

    private final MatrixProduct product;
    private final float[] packed = new float[BLOCK_ROWS * DEPTH];
    private final double[] bias = new double[BLOCK_ROWS];
    private float[] left;
    private int stride;
    private int from;
    private int to;
    private int token;
    private int depth;

    Block(Kernels kernels) {
      product = kernels.product();
    }

    void start(float[] left, int stride, int from, int to) {
      this.left = left;
      this.stride = stride;
      this.from = from;
      this.to = to;
      token = 0;
      depth = 0;
      Arrays.fill(bias, 0);
    }

    /** Goes on to the next tokens, and packs them; false at the end. */
    boolean next(int tokens) {
      token += depth;
      depth = Math.min(DEPTH, tokens - token);
      for (int k = 0; k < depth; k += STRIP) {
        packStrip(k, Math.min(depth, k + STRIP));
      }
      return depth > 0;
    }

    private void packStrip(int first, int end) {
      int tile = MatrixProduct.PANEL_ROWS;
      for (int j = 0; j < to - from; j += tile) {
        int count = Math.min(tile, to - from - j);
        for (int k = first; k < end; k++) {
          int source = (token + k) * stride + from + j;
          int target = j * depth + k * tile;
          if (count == tile) {
            packed[target] = left[source];
            packed[target + 1] = left[source + 1];
            packed[target + 2] = left[source + 2];
            packed[target + 3] = left[source + 3];
          } else {
            for (int i = 0; i < tile; i++) {
              packed[target + i] = i < count ? left[source + i] : 0f;
            }
          }
        }
      }
    }

    void addBias() {
      for (int k = token; k < token + depth; k++) {
        int source = k * stride + from;
        for (int j = 0; j < to - from; j++) {
          bias[j] += left[source + j];
        }
      }
    }

    /** Adds each token's columns to the row of its id: the product with a one-hot matrix. */
    void addTable(int[] ids, float[] table) {
      for (int k = token; k < token + depth; k++) {
        int source = k * stride + from;
        int target = ids[k] * stride + from;
        for (int j = 0; j < to - from; j++) {
          table[target + j] += left[source + j];
        }
      }
    }

    /**
     * Adds the product with these tokens' rows of {@code right} to rows {@code [from,to)} of a
     * weight matrix.
     */
    void multiply(PackedMatrix right, float[] gradients, int weight) {
      int columns = right.columns();
      product.addPacked(
          packed, to - from, depth, right, token, gradients, weight + from * columns, columns);
    }

    void storeBias(float[] gradients, int offset) {
      for (int j = 0; j < to - from; j++) {
        gradients[offset + from + j] = (float) bias[j];
      }
    }
  }
}

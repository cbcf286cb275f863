package org.levin.engine.cuda;

import java.util.Arrays;
import org.levin.engine.cuda.driver.DeviceContext;
import org.levin.engine.cuda.driver.DeviceMemory;
import org.levin.engine.cuda.driver.DeviceScope;

/**
 * What the forward pass computes for {@code B} rows and {@code T} steps; in training it is kept for
 * the backward pass.
 */
final class Activations {
  final int rows;
  final int steps;
  final boolean training;
  final boolean dropout;

  /**
   * {@code [T·B,4H]} for each layer; the backward pass overwrites them with the gradients of the
   * pre-activations. Without one, all layers use the same memory.
   */
  private final DeviceMemory[] gates;

  /** {@code [(T+1)·B,H]} for each layer: step 0 is the state that entered. */
  private final DeviceMemory[] cells;

  /** Likewise. */
  private final DeviceMemory[] hiddens;

  /** {@code [T·B,H]}, each layer's output after dropout; without dropout unused. */
  private final DeviceMemory[] dropped;

  /** {@code [T·B,V]}; the backward pass overwrites them with their gradient. */
  final DeviceMemory logits;

  private final NetworkShape shape;
  private final DeviceContext context;

  Activations(
      NetworkShape shape,
      int rows,
      int steps,
      boolean training,
      boolean dropout,
      DeviceScope scope) {
    this.shape = shape;
    this.rows = rows;
    this.steps = steps;
    this.training = training;
    this.dropout = dropout;
    context = scope.context();
    int layers = shape.layers();
    long tokens = tokens();
    gates = new DeviceMemory[layers];
    cells = new DeviceMemory[layers];
    hiddens = new DeviceMemory[layers];
    dropped = new DeviceMemory[layers];
    for (int layer = 0; layer < layers; layer++) {
      gates[layer] =
          training || layer == 0 ? scope.floats(tokens * shape.gates()) : gates[layer - 1];
    }
    Arrays.setAll(cells, i -> scope.floats((tokens + rows) * shape.hidden()));
    Arrays.setAll(hiddens, i -> scope.floats((tokens + rows) * shape.hidden()));
    if (dropout) {
      Arrays.setAll(dropped, i -> scope.floats(tokens * shape.hidden()));
    }
    logits = scope.floats(tokens * shape.vocabulary());
  }

  int tokens() {
    return Math.multiplyExact(rows, steps);
  }

  /** Returns the address of {@code [B,4H]} of a step. */
  long gates(int layer, int step) {
    return gates[layer].at((long) step * rows * shape.gates());
  }

  /** Returns the address of {@code [B,H]}, the cell state before a step. */
  long cell(int layer, int step) {
    return cells[layer].at((long) step * rows * shape.hidden());
  }

  /** Returns the address of {@code [B,H]}, the hidden state before a step. */
  long hidden(int layer, int step) {
    return hiddens[layer].at((long) step * rows * shape.hidden());
  }

  /** Returns the address of {@code [T·B,H]} for what remains of a layer's output. */
  long dropped(int layer) {
    return dropped[layer].address();
  }

  /** Returns the address of {@code [T·B,H]}, what the layer hands upwards. */
  long output(int layer) {
    return dropout ? dropped(layer) : hidden(layer, 1);
  }

  /** Queues that the state enters. */
  void load(CudaState state) {
    long bytes = state.layerBytes();
    for (int layer = 0; layer < shape.layers(); layer++) {
      context.copy(hidden(layer, 0), state.hidden(layer), bytes);
      context.copy(cell(layer, 0), state.cell(layer), bytes);
    }
  }

  /** Queues that the state is overwritten with that after the last step. */
  void store(CudaState state) {
    long bytes = state.layerBytes();
    for (int layer = 0; layer < shape.layers(); layer++) {
      context.copy(state.hidden(layer), hidden(layer, steps), bytes);
      context.copy(state.cell(layer), cell(layer, steps), bytes);
    }
  }
}

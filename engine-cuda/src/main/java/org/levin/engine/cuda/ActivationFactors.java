package org.levin.engine.cuda;

import java.util.Arrays;
import org.levin.engine.cuda.driver.DeviceScope;
import org.levin.engine.cuda.kernel.LaunchList;
import org.levin.engine.cuda.kernel.Precision;
import org.levin.engine.cuda.product.Factor;
import org.levin.engine.cuda.product.FactorMatrix;

/** Activations and their gradients as factors of products; whoever changes them says so. */
final class ActivationFactors {
  private final Activations a;

  /** {@code [(T+1)·B,H]} for each layer. */
  private final FactorMatrix[] hiddens;

  /** {@code [T·B,H]} for each layer; without dropout unused. */
  private final FactorMatrix[] dropped;

  /** {@code [T·B,4H]} for each layer, the gradients; only in training. */
  private final FactorMatrix[] gates;

  /** {@code [T·B,V]}, the gradient; only in training. */
  private FactorMatrix logits;

  ActivationFactors(NetworkShape shape, Activations a, Precision precision, DeviceScope scope) {
    this.a = a;
    int tokens = a.tokens();
    int hidden = shape.hidden();
    hiddens = new FactorMatrix[shape.layers()];
    dropped = new FactorMatrix[shape.layers()];
    gates = new FactorMatrix[shape.layers()];
    Arrays.setAll(
        hiddens, i -> new FactorMatrix(a.hidden(i, 0), tokens + a.rows, hidden, precision, scope));
    if (a.dropout) {
      Arrays.setAll(dropped, i -> new FactorMatrix(a.dropped(i), tokens, hidden, precision, scope));
    }
    if (a.training) {
      Arrays.setAll(
          gates, i -> new FactorMatrix(a.gates(i, 0), tokens, shape.gates(), precision, scope));
      logits = new FactorMatrix(a.logits.address(), tokens, shape.vocabulary(), precision, scope);
    }
  }

  /** Returns {@code [B,H]}, the hidden state before a step, with those that follow. */
  Factor hidden(int layer, int step) {
    return hiddens[layer].from(step * a.rows);
  }

  /** Adds what follows a change of the hidden states before some steps. */
  void hiddenChanged(LaunchList list, int layer, int step, int steps) {
    hiddens[layer].changed(list, step * a.rows, steps * a.rows);
  }

  /** Returns {@code [T·B,H]}, what the layer hands upwards. */
  Factor output(int layer) {
    return a.dropout ? dropped[layer].from(0) : hidden(layer, 1);
  }

  /** Adds what follows dropout. */
  void droppedChanged(LaunchList list, int layer) {
    dropped[layer].changed(list, 0, a.tokens());
  }

  /** Returns {@code [B,4H]}, the gradients of a step's pre-activations, with those that follow. */
  Factor gates(int layer, int step) {
    return gates[layer].from(step * a.rows);
  }

  /** Adds what follows a change of some steps' gradients. */
  void gatesChanged(LaunchList list, int layer, int step, int steps) {
    gates[layer].changed(list, step * a.rows, steps * a.rows);
  }

  /** Returns {@code [T·B,V]}, the gradient of the logits. */
  Factor logits() {
    return logits.from(0);
  }

  /** Adds what follows its change. */
  void logitsChanged(LaunchList list) {
    logits.changed(list, 0, a.tokens());
  }
}

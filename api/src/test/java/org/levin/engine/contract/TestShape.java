package org.levin.engine.contract;

import java.util.SplittableRandom;
import org.levin.corpus.Batch;
import org.levin.engine.Adam;
import org.levin.engine.NetworkState;
import org.levin.engine.TrainingStep;
import org.levin.model.Initialization;
import org.levin.model.LstmArchitecture;
import org.levin.model.Parameters;

/** The sizes of a test, and its data. */
record TestShape(int layers, int hidden, int vocabulary, int rows, int steps) {

  Parameters parameters() {
    return Initialization.UNIFORM.parameters(LstmArchitecture.of(layers, hidden), vocabulary, 42);
  }

  int stateSize() {
    return layers * rows * hidden;
  }

  Batch batch(int seed) {
    var random = new SplittableRandom(seed);
    int[] inputs = random.ints((long) rows * steps, 0, vocabulary).toArray();
    int[] targets = random.ints((long) rows * steps, 0, vocabulary).toArray();
    return new Batch(rows, steps, inputs, targets);
  }

  TrainingStep step(double dropout) {
    return new TrainingStep(3, 1e-3, dropout, 5, 17, Adam.DEFAULT);
  }

  private float[] state(int seed) {
    var random = new SplittableRandom(seed);
    float[] values = new float[stateSize()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextDouble(-1, 1);
    }
    return values;
  }

  void fill(NetworkState state) {
    state.set(state(100), state(200));
  }

  NaiveLstm.Result reference(Parameters parameters, Batch batch, TrainingStep step) {
    return reference(NaiveLstm.of(parameters), batch, step);
  }

  NaiveLstm.Result reference(NaiveLstm network, Batch batch, TrainingStep step) {
    return network.run(batch, NaiveLstm.doubles(state(100)), NaiveLstm.doubles(state(200)), step);
  }
}

package org.levin.engine.contract;

import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.levin.corpus.Batch;
import org.levin.engine.Adam;
import org.levin.engine.Engine;
import org.levin.engine.Network;
import org.levin.engine.NetworkState;
import org.levin.engine.TrainingStep;
import org.levin.model.Initialization;
import org.levin.model.LstmArchitecture;
import org.levin.model.Parameters;

/** The sizes of a test, {@code L, H, V, B, T}, and its data. */
record TestShape(int layers, int hidden, int vocabulary, int rows, int steps) {

  /** Sizes that leave remainders everywhere, and some of many rows or steps, or of one. */
  static Stream<TestShape> all() {
    return Stream.of(
        new TestShape(1, 1, 2, 1, 1),
        new TestShape(1, 7, 83, 3, 19),
        new TestShape(2, 37, 83, 3, 19),
        new TestShape(3, 7, 2, 1, 19),
        new TestShape(2, 16, 5, 8, 3),
        new TestShape(2, 33, 17, 11, 5),
        new TestShape(1, 64, 129, 6, 7),
        new TestShape(3, 37, 83, 9, 4),
        new TestShape(2, 9, 11, 7, 160),
        new TestShape(2, 37, 11, 130, 3),
        new TestShape(2, 37, 11, 64, 5),
        new TestShape(3, 37, 5, 7, 1));
  }

  /** Sizes for which every parameter can be moved. */
  static Stream<TestShape> tiny() {
    return Stream.of(
        new TestShape(1, 3, 4, 2, 5), new TestShape(2, 5, 3, 3, 4), new TestShape(3, 2, 5, 1, 6));
  }

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

  /**
   * Returns the parameters after the steps {@code (from,to]} of training with dropout and clipping,
   * on a network and a state of its own.
   */
  float[] trained(Engine engine, int from, int to) {
    try (Network network = engine.network(parameters());
        NetworkState state = network.state(rows)) {
      train(network, state, from, to);
      return network.parameters().toArray();
    }
  }

  /** Does the steps {@code (from,to]} of training with dropout and clipping. */
  void train(Network network, NetworkState state, int from, int to) {
    for (int t = from + 1; t <= to; t++) {
      network.train(batch(t), state, new TrainingStep(t, 1e-2, 0.3, 1, 9, Adam.DEFAULT));
    }
  }
}

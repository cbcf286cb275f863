package org.levin.engine.cuda;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.levin.SequenceModel;
import org.levin.Trainer;
import org.levin.corpus.Batch;
import org.levin.corpus.Corpus;
import org.levin.engine.Adam;
import org.levin.engine.Engine;
import org.levin.engine.EngineOptions;
import org.levin.engine.Engines;
import org.levin.engine.Network;
import org.levin.engine.NetworkState;
import org.levin.engine.OptimizerState;
import org.levin.engine.StepResult;
import org.levin.engine.TrainingStep;
import org.levin.engine.contract.Comparisons;
import org.levin.model.Initialization;
import org.levin.model.LstmArchitecture;
import org.levin.model.Parameters;
import org.levin.sampling.Sampler;

/** The engine beside that of the CPU, over whichever driver there is. */
abstract class CudaAgreement {
  private static final int VOCABULARY = 13;
  private static final int ROWS = 5;
  private static final int STEPS = 7;

  private static Engine open(String name) {
    return Engines.open(Optional.of(name), new EngineOptions(1));
  }

  private static Parameters parameters(int layers, int hidden) {
    return Initialization.UNIFORM.parameters(LstmArchitecture.of(layers, hidden), VOCABULARY, 11);
  }

  private static Batch batch(int seed) {
    var random = new SplittableRandom(seed);
    int tokens = ROWS * STEPS;
    return new Batch(
        ROWS,
        STEPS,
        random.ints(tokens, 0, VOCABULARY).toArray(),
        random.ints(tokens, 0, VOCABULARY).toArray());
  }

  private static TrainingStep step(long number, double dropout) {
    return new TrainingStep(number, 0.01, dropout, 1, 77, Adam.DEFAULT);
  }

  /** Every sum of floats has the same order on both, so that forward there is no difference. */
  @ParameterizedTest
  @CsvSource({"1,1", "1,66", "2,19", "3,37"})
  void givesTheBitsOfTheCpuForward(int layers, int hidden) {
    Parameters parameters = parameters(layers, hidden);
    float[][] logits = new float[2][ROWS * STEPS * VOCABULARY];
    float[][] cells = new float[2][];
    String[] engines = {"cpu", "cuda"};
    for (int i = 0; i < engines.length; i++) {
      try (Engine engine = open(engines[i]);
          Network network = engine.network(parameters);
          NetworkState state = network.state(ROWS)) {
        network.forward(batch(1).inputs(), STEPS, state, logits[i]);
        cells[i] = state.cell();
      }
    }
    assertArrayEquals(logits[0], logits[1]);
    assertArrayEquals(cells[0], cells[1]);
    Comparisons.bits();
  }

  /** Losses, norms and biases are sums of doubles, in another order. */
  @ParameterizedTest
  @CsvSource({"1,9,0", "2,19,0.3", "2,20,0.4", "3,37,0.5"})
  void givesTheGradientsOfTheCpu(int layers, int hidden, double dropout) {
    Parameters parameters = parameters(layers, hidden);
    float[] expected = new float[parameters.count()];
    float[] actual = new float[parameters.count()];
    StepResult cpu = gradients("cpu", parameters, dropout, expected);
    StepResult cuda = gradients("cuda", parameters, dropout, actual);
    assertEquals(cpu.loss(), cuda.loss(), 1e-14 * cpu.loss());
    assertEquals(cpu.gradientNorm(), cuda.gradientNorm(), 1e-7 * cpu.gradientNorm());
    for (var tensor : parameters.tensors()) {
      for (int i = tensor.offset(); i < tensor.end(); i++) {
        double tolerance = tensor.shape().size() == 1 ? 1e-7 * Math.abs(expected[i]) : 0;
        assertEquals(expected[i], actual[i], tolerance, tensor.name());
      }
    }
    Comparisons.bits();
  }

  private static StepResult gradients(
      String name, Parameters parameters, double dropout, float[] gradients) {
    try (Engine engine = open(name);
        Network network = engine.network(parameters);
        NetworkState state = network.state(ROWS)) {
      network.loss(batch(8), state);
      return network.gradients(batch(2), state, step(3, dropout), gradients);
    }
  }

  /** A unit of the last layer that is dropped at every token has no gradient to the logits. */
  @ParameterizedTest
  @ValueSource(ints = {48, 50, 51})
  void dropsTheVeryUnitsThatTheCpuDrops(int hidden) {
    Parameters parameters = parameters(1, hidden);
    float[] expected = new float[parameters.count()];
    float[] actual = new float[parameters.count()];
    gradients("cpu", parameters, 0.97, expected);
    gradients("cuda", parameters, 0.97, actual);
    int dropped = 0;
    for (int i = 0; i < expected.length; i++) {
      assertEquals(expected[i] == 0, actual[i] == 0);
      dropped += expected[i] == 0 ? 1 : 0;
    }
    assertTrue(dropped > 100, "some are dropped: " + dropped);
  }

  @Test
  void trainsAsTheCpuDoes() {
    Parameters parameters = parameters(2, 19);
    try (Engine cpu = open("cpu");
        Engine cuda = open("cuda");
        Network expected = cpu.network(parameters);
        Network actual = cuda.network(parameters);
        NetworkState expectedState = expected.state(ROWS);
        NetworkState actualState = actual.state(ROWS)) {
      for (int t = 1; t <= 20; t++) {
        double loss = expected.train(batch(t % 4), expectedState, step(t, 0.2)).loss();
        assertEquals(
            loss, actual.train(batch(t % 4), actualState, step(t, 0.2)).loss(), 1e-5 * loss);
      }
      assertArrayEquals(expected.parameters().toArray(), actual.parameters().toArray(), 1e-4f);
    }
  }

  @ParameterizedTest
  @CsvSource({"cpu,cuda", "cuda,cpu"})
  void goesOnWhereTheOtherStopped(String first, String second) {
    Parameters parameters = parameters(2, 12);
    float[] whole =
        trained(
            first,
            parameters,
            new OptimizerState(new float[parameters.count()], new float[parameters.count()]),
            0,
            8);
    try (Engine engine = open(first);
        Network network = engine.network(parameters)) {
      train(network, 0, 4);
      float[] joined = trained(second, network.parameters(), network.optimizerState(), 4, 8);
      assertArrayEquals(whole, joined, 1e-5f);
    }
  }

  private static float[] trained(
      String name, Parameters parameters, OptimizerState moments, int from, int to) {
    try (Engine engine = open(name);
        Network network = engine.network(parameters)) {
      network.restore(moments);
      train(network, from, to);
      return network.parameters().toArray();
    }
  }

  private static void train(Network network, int from, int to) {
    for (int t = from + 1; t <= to; t++) {
      try (NetworkState state = network.state(ROWS)) {
        network.train(batch(t), state, step(t, 0.2));
      }
    }
  }

  @Test
  void leavesNoMemoryBehind() {
    try (CudaEngine engine = (CudaEngine) open("cuda")) {
      assertEquals(0, engine.takenMemory());
      Network network = engine.network(parameters(2, 9));
      NetworkState state = network.state(ROWS);
      for (int steps : new int[] {1, 2, 3, 4, 5, 6}) {
        network.forward(new int[ROWS * steps], steps, state, new float[ROWS * steps * VOCABULARY]);
      }
      int forward = engine.takenMemory();
      network.forward(new int[ROWS * 6], 6, state, new float[ROWS * 6 * VOCABULARY]);
      assertEquals(forward, engine.takenMemory(), "a known shape takes nothing");
      network.train(batch(1), state, step(1, 0.5));
      network.train(batch(1), state, step(2, 0));
      int trained = engine.takenMemory();
      network.train(batch(1), state, step(3, 0));
      assertEquals(trained, engine.takenMemory(), "a known shape takes nothing");
      network.close();
      state.close();
      assertEquals(0, engine.takenMemory());
    }
  }

  @Test
  void whatIsClosedAfterItsEngineIsHarmless() {
    Engine engine = open("cuda");
    Network network = engine.network(parameters(1, 3));
    NetworkState state = network.state(1);
    engine.close();
    state.close();
    network.close();
  }

  @Test
  void aTextOfManyPiecesGivesTheBitsOfTheCpu() {
    Parameters parameters = parameters(1, 2);
    int rows = 700;
    int steps = 12;
    int[] ids = new SplittableRandom(5).ints(rows * steps, 0, VOCABULARY).toArray();
    float[][] logits = new float[2][rows * steps * VOCABULARY];
    double[] losses = new double[2];
    String[] engines = {"cpu", "cuda"};
    for (int i = 0; i < engines.length; i++) {
      try (Engine engine = open(engines[i]);
          Network network = engine.network(parameters);
          NetworkState state = network.state(rows)) {
        network.forward(ids, steps, state, logits[i]);
        losses[i] = network.loss(new Batch(rows, steps, ids, ids), state);
      }
    }
    assertArrayEquals(logits[0], logits[1]);
    assertEquals(losses[0], losses[1], 1e-13);
    Comparisons.bits();
  }

  @Test
  void trainsAWholeModelAsTheCpuDoes() throws IOException {
    String text = "the engine reads, the engine writes. ".repeat(20);
    try (Corpus corpus = Corpus.of(text);
        SequenceModel cuda = trainer("cuda").train(corpus);
        SequenceModel cpu = trainer("cpu").train(corpus)) {
      double bits = cuda.score(text).bitsPerToken();
      assertEquals(cpu.score(text).bitsPerToken(), bits, 1e-3);
      assertTrue(bits < 2.5, () -> "it has learned little: " + bits + " bits");
      assertTrue(cuda.provenance().toString().contains("cuda"), "the provenance names the engine");
      assertEquals(
          cpu.generate("the ", 40, Sampler.topK(3), 5),
          cuda.generate("the ", 40, Sampler.topK(3), 5));
    }
  }

  private static Trainer trainer(String engine) {
    return Trainer.builder()
        .engine(engine)
        .architecture(LstmArchitecture.of(2, 12))
        .batchSize(4)
        .sequenceLength(10)
        .steps(60)
        .learningRate(0.01)
        .dropout(0.1)
        .seed(3)
        .build();
  }
}

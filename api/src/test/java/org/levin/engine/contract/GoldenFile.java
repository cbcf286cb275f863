package org.levin.engine.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.levin.corpus.Batch;
import org.levin.engine.Adam;
import org.levin.engine.NetworkState;
import org.levin.engine.TrainingStep;
import org.levin.format.Safetensors;
import org.levin.format.Tensor;
import org.levin.model.LstmArchitecture;
import org.levin.model.ParameterTensor;
import org.levin.model.Parameters;

/**
 * The numbers that libtorch gave for one network: what goes in, and all that must come out. {@code
 * org.levin.benchmarks.GoldenFiles} writes such files.
 */
record GoldenFile(Safetensors file) {

  /** Reads the file of this name, which is a resource, by way of a folder. */
  static GoldenFile read(String name, Path folder) throws IOException {
    Path file = folder.resolve(name);
    try (InputStream stream =
        GoldenFile.class.getResourceAsStream("golden/" + name + ".safetensors")) {
      Files.copy(stream, file, StandardCopyOption.REPLACE_EXISTING);
    }
    return new GoldenFile(Safetensors.read(file));
  }

  float[] values(String name) {
    return file.tensor(name).orElseThrow().values();
  }

  double number(String key) {
    return Double.parseDouble(file.metadata().get(key));
  }

  private List<Integer> batches() {
    return file.tensor("inputs").orElseThrow().shape();
  }

  int rows() {
    return batches().get(1);
  }

  int steps() {
    return batches().get(2);
  }

  Batch batch(int index) {
    int tokens = rows() * steps();
    return new Batch(
        rows(),
        steps(),
        ids(values("inputs"), index * tokens, tokens),
        ids(values("targets"), index * tokens, tokens));
  }

  private static int[] ids(float[] values, int from, int count) {
    int[] ids = new int[count];
    for (int i = 0; i < count; i++) {
      ids[i] = (int) values[from + i];
    }
    return ids;
  }

  void enter(NetworkState state) {
    state.set(values("enter.hidden"), values("enter.cell"));
  }

  TrainingStep trainingStep(int number) {
    return new TrainingStep(number, number("learningRate"), 0, number("clipNorm"), 1, Adam.DEFAULT);
  }

  /** Returns the tensors of this prefix in the order of parameters. */
  Parameters weights(String prefix) {
    List<Integer> state = file.tensor("enter.hidden").orElseThrow().shape();
    LstmArchitecture architecture = LstmArchitecture.of(state.getFirst(), state.getLast());
    int vocabulary = file.tensor("fc.bias").orElseThrow().shape().getFirst();
    List<ParameterTensor> layout = architecture.tensors(vocabulary);
    float[] values = new float[layout.getLast().end()];
    for (ParameterTensor expected : layout) {
      Tensor tensor = file.tensor(prefix + expected.name()).orElseThrow();
      assertEquals(expected.shape(), tensor.shape(), tensor.name());
      System.arraycopy(tensor.values(), 0, values, expected.offset(), tensor.values().length);
    }
    return Parameters.of(architecture, vocabulary, values);
  }
}

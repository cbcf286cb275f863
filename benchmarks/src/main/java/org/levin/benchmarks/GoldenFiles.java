package org.levin.benchmarks;

import ai.djl.engine.Engine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.levin.corpus.Batch;
import org.levin.format.ModelFile;
import org.levin.format.Safetensors;
import org.levin.format.Tensor;
import org.levin.model.Initialization;
import org.levin.model.LstmArchitecture;
import org.levin.model.Parameters;

/**
 * Writes libtorch's numbers for networks of odd sizes: one safetensors file a network, with its
 * weights, ten batches whose state is carried on, what the first gives (logits, state, gradients),
 * and loss and gradient norm of ten clipped steps of Adam, with the weights after them.
 *
 * <p>Run by {@code mvn -Plibtorch -Dgolden.skip=false process-classes}.
 */
public final class GoldenFiles {
  private static final String FOLDER = "api/src/test/resources/org/levin/engine/contract/golden";
  private static final int BATCHES = 10;
  private static final double LEARNING_RATE = 1e-3;

  /** Below every first norm, so that clipping is active. */
  private static final double CLIP_NORM = 0.05;

  /** The sizes of a network and its batches. */
  private record Sizes(int layers, int hidden, int vocabulary, int rows, int steps) {
    String name() {
      return "l%d-h%d-v%d-b%d-t%d".formatted(layers, hidden, vocabulary, rows, steps);
    }
  }

  private static final List<Sizes> NETWORKS =
      List.of(
          new Sizes(1, 1, 2, 1, 1),
          new Sizes(1, 7, 83, 3, 19),
          new Sizes(1, 37, 2, 3, 1),
          new Sizes(2, 1, 83, 1, 19),
          new Sizes(2, 37, 83, 3, 19),
          new Sizes(3, 7, 2, 1, 19),
          new Sizes(3, 7, 83, 3, 1));

  private GoldenFiles() {}

  /** Writes all files; the argument is the folder of the project. */
  public static void main(String... arguments) throws IOException {
    Path project = Path.of(arguments[0]);
    Path folder = project.resolve(FOLDER);
    Files.createDirectories(folder);
    for (Sizes sizes : NETWORKS) {
      write(sizes, folder.resolve(sizes.name() + ".safetensors"));
    }
    GoldenModel.write(project.resolve("cli/src/test/resources/org/levin/cli/libtorch"), source());
  }

  private static void write(Sizes sizes, Path file) throws IOException {
    Parameters weights =
        Initialization.UNIFORM.parameters(
            LstmArchitecture.of(sizes.layers, sizes.hidden), sizes.vocabulary, 42);
    SplittableRandom random = new SplittableRandom(sizes.hashCode());
    int[] state = {sizes.layers, sizes.rows, sizes.hidden};
    float[] hidden = uniform(random, state);
    float[] cell = uniform(random, state);
    List<Tensor> tensors = new ArrayList<>(ModelFile.tensors(weights));
    tensors.add(Tensor.of("enter.hidden", hidden, state));
    tensors.add(Tensor.of("enter.cell", cell, state));
    float[] losses = new float[BATCHES];
    float[] norms = new float[BATCHES];
    int tokens = sizes.rows * sizes.steps;
    float[] inputs = new float[BATCHES * tokens];
    float[] targets = new float[BATCHES * tokens];
    try (TorchLstm network = new TorchLstm(weights, sizes.rows)) {
      network.set(hidden, cell, sizes.rows);
      AdamSteps adam = new AdamSteps(weights.toArray(), LEARNING_RATE, CLIP_NORM);
      float[] values = weights.toArray();
      for (int step = 0; step < BATCHES; step++) {
        Batch batch =
            new Batch(
                sizes.rows,
                sizes.steps,
                random.ints(tokens, 0, sizes.vocabulary).toArray(),
                random.ints(tokens, 0, sizes.vocabulary).toArray());
        for (int i = 0; i < tokens; i++) {
          inputs[step * tokens + i] = batch.inputs()[i];
          targets[step * tokens + i] = batch.targets()[i];
        }
        TorchLstm.Result result = network.run(batch);
        if (step == 0) {
          int[] shape = {sizes.rows, sizes.steps, sizes.vocabulary};
          tensors.add(Tensor.of("logits", result.logits(), shape));
          tensors.add(Tensor.of("leave.hidden", network.hidden(), state));
          tensors.add(Tensor.of("leave.cell", network.cell(), state));
          tensors.addAll(named("gradient.", weights, result.gradients()));
        }
        losses[step] = (float) result.loss();
        norms[step] = (float) AdamSteps.norm(result.gradients());
        values = adam.update(result.gradients());
        network.update(values);
      }
      tensors.addAll(named("trained.", weights, values));
    }
    int[] batches = {BATCHES, sizes.rows, sizes.steps};
    tensors.add(Tensor.of("inputs", inputs, batches));
    tensors.add(Tensor.of("targets", targets, batches));
    tensors.add(Tensor.of("losses", losses, BATCHES));
    tensors.add(Tensor.of("norms", norms, BATCHES));
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put("source", source());
    metadata.put("learningRate", Double.toString(LEARNING_RATE));
    metadata.put("clipNorm", Double.toString(CLIP_NORM));
    new Safetensors(metadata, tensors).write(file);
    System.out.println(file.getFileName() + "  loss " + losses[0] + "  norm " + norms[0]);
  }

  private static List<Tensor> named(String prefix, Parameters shape, float[] values) {
    return ModelFile.tensors(Parameters.of(shape.architecture(), shape.vocabularySize(), values))
        .stream()
        .map(tensor -> new Tensor(prefix + tensor.name(), tensor.shape(), tensor.values()))
        .toList();
  }

  static float[] uniform(SplittableRandom random, int... shape) {
    int size = 1;
    for (int dimension : shape) {
      size *= dimension;
    }
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = (float) random.nextDouble(-1, 1);
    }
    return values;
  }

  private static String source() {
    return "libtorch "
        + Engine.getEngine("PyTorch").getVersion()
        + " through DJL, by "
        + GoldenFiles.class.getName();
  }
}

package org.levin.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.levin.corpus.Batch;
import org.levin.corpus.Batcher;
import org.levin.corpus.Corpus;
import org.levin.corpus.CorpusEncoder;
import org.levin.corpus.TokenSequence;
import org.levin.format.ModelFile;
import org.levin.format.Safetensors;
import org.levin.model.LstmArchitecture;
import org.levin.model.Parameters;
import org.levin.text.Vocabulary;

/**
 * Writes what a user of PyTorch would bring: weights, a vocabulary in an order of its own, a text
 * in many scripts; and libtorch's numbers for them: the log-probability of every token, and loss
 * and gradient norm of forty steps of training on, across the end of an epoch.
 */
final class GoldenModel {
  private static final LstmArchitecture ARCHITECTURE = LstmArchitecture.of(2, 23);
  private static final int ROWS = 3;
  private static final int STEPS = 19;
  private static final int TRAINING_STEPS = 40;
  private static final double LEARNING_RATE = 1e-3;
  private static final double CLIP_NORM = 0.3;
  private static final int SYMBOLS = 900;

  private static final List<String> PHRASES =
      List.of(
          "Happy families\n",
          "Все счастливы",
          "家族は幸せ。",
          "ευτυχία",
          "سعادة",
          "משפחה",
          "ñandú",
          "😀🎉👩\u200d🚀",
          "\t\"{}\\",
          "𝄞𐍈");

  private GoldenModel() {}

  static void write(Path folder, String source) throws IOException {
    Files.createDirectories(folder);
    SplittableRandom random = new SplittableRandom(5);
    StringBuilder text = new StringBuilder(String.join("", PHRASES));
    while (text.codePointCount(0, text.length()) < SYMBOLS) {
      text.append(PHRASES.get(random.nextInt(PHRASES.size())));
    }
    Files.writeString(folder.resolve("text.txt"), text);
    try (Corpus corpus = Corpus.of(text.toString())) {
      write(folder, source, shuffled(corpus.vocabulary(), random), text.toString(), random);
    }
  }

  /** PyTorch users number symbols as they please. */
  private static Vocabulary shuffled(Vocabulary sorted, SplittableRandom random) {
    List<byte[]> symbols = new java.util.ArrayList<>();
    for (int id = 0; id < sorted.size(); id++) {
      symbols.add(random.nextInt(symbols.size() + 1), sorted.symbol(id));
    }
    return Vocabulary.ofSymbols(Vocabulary.CODE_POINTS, symbols);
  }

  private static void write(
      Path folder, String source, Vocabulary vocabulary, String text, SplittableRandom random)
      throws IOException {
    ObjectMapper json = new ObjectMapper();
    ObjectNode ids = json.createObjectNode();
    for (int id = 0; id < vocabulary.size(); id++) {
      ids.put(vocabulary.decode(id), id);
    }
    json.writeValue(folder.resolve("vocabulary.json").toFile(), ids);
    float[] values =
        GoldenFiles.uniform(random, (int) ARCHITECTURE.parameterCount(vocabulary.size()));
    Parameters weights = Parameters.of(ARCHITECTURE, vocabulary.size(), values);
    new Safetensors(Map.of(), ModelFile.tensors(weights))
        .write(folder.resolve("weights.safetensors"));
    ObjectNode numbers =
        json.createObjectNode()
            .put("source", source)
            .put("batch", ROWS)
            .put("sequence", STEPS)
            .put("learningRate", LEARNING_RATE)
            .put("clipNorm", CLIP_NORM);
    int[] tokens = vocabulary.encode(text);
    score(weights, tokens, numbers);
    try (Corpus corpus = CorpusEncoder.of(text).vocabulary(vocabulary).open()) {
      train(weights, corpus.tokens(), numbers);
    }
    json.writerWithDefaultPrettyPrinter()
        .writeValue(folder.resolve("expected.json").toFile(), numbers);
  }

  private static void score(Parameters weights, int[] tokens, ObjectNode numbers) {
    int count = tokens.length - 1;
    int[] inputs = java.util.Arrays.copyOf(tokens, count);
    int[] targets = java.util.Arrays.copyOfRange(tokens, 1, tokens.length);
    try (TorchLstm network = new TorchLstm(weights, 1)) {
      float[] all = network.run(new Batch(1, count, inputs, targets)).logProbabilities();
      var list = numbers.putArray("logProbabilities");
      for (int k = 0; k < count; k++) {
        list.add(all[k * weights.vocabularySize() + targets[k]]);
      }
    }
  }

  private static void train(Parameters weights, TokenSequence tokens, ObjectNode numbers) {
    Batcher batcher = Batcher.contiguous(ROWS, STEPS);
    long batches = batcher.requireBatches(tokens);
    var losses = numbers.putArray("losses");
    var norms = numbers.putArray("gradientNorms");
    AdamSteps adam = new AdamSteps(weights.toArray(), LEARNING_RATE, CLIP_NORM);
    try (TorchLstm network = new TorchLstm(weights, ROWS)) {
      for (long step = 0; step < TRAINING_STEPS; step++) {
        if (step % batches == 0) {
          network.reset(ROWS);
        }
        TorchLstm.Result result = network.run(batcher.batch(tokens, step % batches));
        losses.add(result.loss());
        norms.add(AdamSteps.norm(result.gradients()));
        network.update(adam.update(result.gradients()));
      }
    }
    System.out.println("model: " + batches + " batches an epoch");
  }
}

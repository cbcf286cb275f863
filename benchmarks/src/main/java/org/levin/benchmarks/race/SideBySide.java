package org.levin.benchmarks.race;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.levin.corpus.Corpus;
import org.levin.engine.Network;
import org.levin.engine.NetworkState;
import org.levin.evaluation.Scoring;
import org.levin.evaluation.ScoringOptions;
import org.levin.sampling.BatchGeneration;
import org.levin.sampling.GenerationOptions;
import org.levin.sampling.Sampler;
import org.levin.training.Cancellation;

/**
 * How fast texts are written and scored side by side, beside the forward pass alone over a batch of
 * training: prints a table of Markdown for each network. They take turns, so that what slows the
 * machine for a while slows all.
 */
public final class SideBySide {
  private static final List<Shape> NETWORKS =
      List.of(new Shape(2, 512, 128, 100), new Shape(2, 128, 50, 50));
  private static final int[] TEXTS = {1, 4, 16, 32, 64};
  private static final int LENGTH = 200;
  private static final int WARM_UP_ROUNDS = 4;
  private static final int ROUNDS = 12;

  private final Corpus corpus;

  private SideBySide(Corpus corpus) {
    this.corpus = corpus;
  }

  /**
   * Runs.
   *
   * @param arguments the text
   */
  public static void main(String... arguments) throws IOException {
    try (Corpus corpus = Corpus.of(Path.of(arguments[0]))) {
      for (Shape shape : NETWORKS) {
        new SideBySide(corpus).run(shape);
      }
    }
  }

  /** Something to be timed; returns how many characters it did. */
  @FunctionalInterface
  private interface Work {
    double round();
  }

  private void run(Shape shape) {
    System.out.printf("%n%d × %d:%n%n", shape.layers(), shape.hidden());
    System.out.println(
        "| texts | written, characters/s | of the forward pass | steered | scored, characters/s | of the forward pass |");
    System.out.println("|---|---|---|---|---|---|");
    int processors = Runtime.getRuntime().availableProcessors();
    try (LevinNetwork levin =
        new LevinNetwork(
            Recipe.parameters(shape, corpus.vocabulary().size()), shape.rows(), processors)) {
      for (int texts : TEXTS) {
        GenerationOptions plain = GenerationOptions.of(Sampler.temperature(1)).length(LENGTH);
        Sampler chain = Sampler.topK(40).then(Sampler.topP(0.9)).then(Sampler.temperature(0.8));
        List<Series> series =
            inTurn(
                forward(levin, shape),
                writing(levin.network, shape, texts, plain),
                writing(levin.network, shape, texts, plain.sampler(chain)),
                scoring(levin.network, texts));
        Series forward = series.get(0);
        System.out.printf(
            "| %d | %,.0f | %.0f %% | %.0f %% | %,.0f | %.0f %% |%n",
            texts,
            series.get(1).median(),
            100 * series.get(1).over(forward).median(),
            100 * series.get(2).over(forward).median(),
            series.get(3).median(),
            100 * series.get(3).over(forward).median());
      }
    }
  }

  private static Work forward(LevinNetwork levin, Shape shape) {
    int[] inputs = new int[shape.rows() * shape.steps()];
    float[] logits = new float[inputs.length * levin.network.parameters().vocabularySize()];
    NetworkState state = levin.state;
    return () -> {
      levin.network.forward(inputs, shape.steps(), state, logits);
      return inputs.length;
    };
  }

  private Work writing(Network network, Shape shape, int texts, GenerationOptions options) {
    List<String> prompts = Collections.nCopies(texts, "");
    return () -> {
      new BatchGeneration(network, shape.architecture(), corpus.vocabulary(), prompts, options)
          .write(text -> {}, new Cancellation());
      return (double) texts * LENGTH;
    };
  }

  private Work scoring(Network network, int texts) {
    int[] ids = new int[texts * LENGTH];
    corpus.tokens().copyTo(0, ids, 0, ids.length);
    String all = corpus.vocabulary().decode(ids);
    List<String> lines =
        IntStream.range(0, texts)
            .mapToObj(i -> all.substring(i * LENGTH, (i + 1) * LENGTH))
            .toList();
    Scoring scoring =
        new Scoring(network, corpus.vocabulary(), ScoringOptions.defaults().after(""));
    return () -> {
      scoring.score(lines);
      return (double) texts * LENGTH;
    };
  }

  private static List<Series> inTurn(Work... works) {
    List<List<Double>> rates = new ArrayList<>();
    for (int i = 0; i < works.length; i++) {
      rates.add(new ArrayList<>());
    }
    for (int round = -WARM_UP_ROUNDS; round < ROUNDS; round++) {
      for (int i = 0; i < works.length; i++) {
        long start = System.nanoTime();
        double rate = works[i].round() / Timing.seconds(start);
        if (round >= 0) {
          rates.get(i).add(rate);
        }
      }
    }
    return rates.stream().map(Series::new).toList();
  }
}

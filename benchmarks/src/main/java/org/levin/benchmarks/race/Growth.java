package org.levin.benchmarks.race;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.levin.corpus.Corpus;
import org.levin.model.Parameters;

/**
 * How the cost of training and of writing grows with each of their sizes: prints a table of
 * Markdown for each.
 */
public final class Growth {
  private static final Shape BASE = new Shape(2, 256, 64, 64);
  private static final int[] HIDDEN = {64, 128, 256, 512, 1024, 2048};
  private static final int[] LAYERS = {1, 2, 3, 4};
  private static final int[] ROWS = {1, 4, 16, 64, 128, 256};
  private static final int[] STEPS = {8, 16, 32, 64, 128, 256};

  /** What is compiled, and where the caches have been filled. */
  private static final double WARM_UP_SECONDS = 2;

  private static final double SECONDS = 3;
  private static final int LEAST_ROUNDS = 3;
  private static final int WRITTEN = 200;
  private static final double TRAINING = 3;
  private static final double OPERATIONS = 2;
  private static final double GIGA = 1e9;
  private static final double MILLI = 1e3;

  private final Corpus corpus;
  private final int processors = Runtime.getRuntime().availableProcessors();

  private Growth(Corpus corpus) {
    this.corpus = corpus;
  }

  /**
   * Runs.
   *
   * @param arguments the text
   */
  public static void main(String... arguments) throws IOException {
    try (Corpus corpus = Corpus.of(Path.of(arguments[0]))) {
      new Growth(corpus).run();
    }
  }

  private void run() throws IOException {
    List<Shape> shapes = new ArrayList<>();
    for (int hidden : HIDDEN) {
      shapes.add(new Shape(BASE.layers(), hidden, BASE.rows(), BASE.steps()));
    }
    training("hidden units", shapes);
    writing(shapes);
    shapes.clear();
    for (int layers : LAYERS) {
      shapes.add(new Shape(layers, BASE.hidden(), BASE.rows(), BASE.steps()));
    }
    training("layers", shapes);
    shapes.clear();
    for (int rows : ROWS) {
      shapes.add(new Shape(BASE.layers(), BASE.hidden(), rows, BASE.steps()));
    }
    training("batch", shapes);
    shapes.clear();
    for (int steps : STEPS) {
      shapes.add(new Shape(BASE.layers(), BASE.hidden(), BASE.rows(), steps));
    }
    training("sequence", shapes);
  }

  private void training(String title, List<Shape> shapes) throws IOException {
    System.out.printf("%nTraining, by %s:%n%n", title);
    System.out.print("| network | batch × sequence | ms a step | characters/s | GFLOP/s |");
    System.out.println(" characters/s on one thread |");
    System.out.println("|---|---|---|---|---|---|");
    for (Shape shape : shapes) {
      double rate = trainingRate(shape, processors);
      double flops = TRAINING * OPERATIONS * shape.multiplyAdds(corpus.vocabulary().size());
      System.out.printf(
          "| %d × %,d | %d × %d | %,.1f | %,.0f | %.0f | %,.0f |%n",
          shape.layers(),
          shape.hidden(),
          shape.rows(),
          shape.steps(),
          shape.characters() / rate * MILLI,
          rate,
          rate * flops / GIGA,
          trainingRate(shape, 1));
    }
  }

  private double trainingRate(Shape shape, int threads) throws IOException {
    BatchCycle batches = BatchCycle.overAll(shape, corpus.tokens());
    return best(new LevinTraining(parameters(shape), shape, batches, 1, Recipe.DROPOUT, threads));
  }

  private void writing(List<Shape> shapes) throws IOException {
    System.out.printf("%nWriting one text, by hidden units:%n%n");
    System.out.println("| network | characters/s | on one thread |");
    System.out.println("|---|---|---|");
    for (Shape shape : shapes) {
      System.out.printf(
          "| %d × %,d | %,.0f | %,.0f |%n",
          shape.layers(), shape.hidden(), writingRate(shape, processors), writingRate(shape, 1));
    }
  }

  private double writingRate(Shape shape, int threads) throws IOException {
    return best(new LevinGeneration(parameters(shape), corpus.vocabulary(), WRITTEN, threads));
  }

  private Parameters parameters(Shape shape) {
    return Recipe.parameters(shape, corpus.vocabulary().size());
  }

  /** Returns the best of some rounds: a neighbor on a shared machine makes them only slower. */
  private static double best(Entrant entrant) throws IOException {
    try (entrant) {
      for (long start = System.nanoTime(); Timing.seconds(start) < WARM_UP_SECONDS; ) {
        entrant.round();
      }
      double best = 0;
      long start = System.nanoTime();
      for (int i = 0; i < LEAST_ROUNDS || Timing.seconds(start) < SECONDS; i++) {
        best = Math.max(best, Timing.rate(entrant));
      }
      return best;
    }
  }
}

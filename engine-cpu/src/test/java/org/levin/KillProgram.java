package org.levin;

import java.io.IOException;
import java.nio.file.Path;
import org.levin.corpus.Corpus;
import org.levin.faults.ChildProgram;
import org.levin.faults.Fault;
import org.levin.faults.FaultyFileSystem;
import org.levin.faults.Operation;
import org.levin.training.StepMetrics;
import org.levin.training.TrainingListener;

/**
 * Trains as a program, from the checkpoint if there is one, and writes one after every step. Says
 * each step, and stops where it is told to until the test lets it go on, or kills it.
 */
final class KillProgram {
  private KillProgram() {}

  /**
   * Where to stop.
   *
   * @param checkpoint the number of the checkpoint that is being written, counted from 1 in each
   *     process; 0 for what comes before the first
   * @param operation the number of the operation, counted from 0 for the first of that checkpoint
   * @param half whether its first half is done
   */
  record Place(int checkpoint, int operation, boolean half) {
    static final Place NOWHERE = new Place(-1, 0, false);

    /** Where training has ended, and its lock is to be deleted. */
    static final Place RELEASE = new Place(-2, 0, false);

    static Place parse(String text) {
      String[] parts = text.split(",");
      return new Place(
          Integer.parseInt(parts[0]), Integer.parseInt(parts[1]), Boolean.parseBoolean(parts[2]));
    }

    @Override
    public String toString() {
      return checkpoint + "," + operation + "," + half;
    }
  }

  /** Counts operations, and stops at one of them. */
  static final class Counter implements Fault {
    private final Place stop;
    private int checkpoint;
    private int operation = -1;

    Counter(Place stop) {
      this.stop = stop;
    }

    @Override
    public void before(Operation next) throws IOException {
      operation++;
      if (next.name().equals("open") && next.toString().endsWith(".tmp")) {
        checkpoint++;
        operation = 0;
      }
      boolean release = next.name().equals("delete") && next.toString().endsWith(".lock");
      if (checkpoint == stop.checkpoint && operation == stop.operation
          || release && stop.equals(Place.RELEASE)) {
        if (stop.half) {
          next.half();
        }
        ChildProgram.pause("stops at " + next);
      }
    }

    int checkpoint() {
      return checkpoint;
    }
  }

  /** {@code FILE STEPS PLACE}. */
  public static void main(String... arguments) throws IOException {
    System.out.println("begins");
    Path checkpoint =
        FaultyFileSystem.path(Path.of(arguments[0]), new Counter(Place.parse(arguments[2])));
    TrainingListener saying =
        new TrainingListener() {
          @Override
          public void stepped(StepMetrics metrics) {
            System.out.println("step " + metrics.step());
          }
        };
    try (Corpus corpus = Corpus.of(Texts.ANNA)) {
      FaultyTraining.train(Long.parseLong(arguments[1]), 1, checkpoint, corpus, saying);
    }
  }
}

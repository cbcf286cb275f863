package org.levin.benchmarks.race;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * One side of a contest in its own JVM: warms up, says so and with how many threads, and then runs
 * a round for each line that comes in, answering with what it did a second. It ends with its input.
 *
 * <p>Arguments: side, contest, {@code true} for quick, text file.
 */
public final class EntrantProgram {
  private EntrantProgram() {}

  /** Runs the side. */
  public static void main(String... arguments) throws IOException {
    // What a library prints is no answer.
    PrintStream answers = System.out;
    System.setOut(System.err);
    Side side = Side.valueOf(arguments[0]);
    Contest contest = Contest.named(arguments[1]);
    Pace pace = Pace.of(Boolean.parseBoolean(arguments[2]));
    try (Entrant entrant =
            Entrants.open(side, contest, pace.batches(contest), Path.of(arguments[3]));
        BufferedReader orders =
            new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      long start = System.nanoTime();
      int threads = threads(side, contest, entrant);
      while (Timing.seconds(start) < pace.warmUpSeconds()) {
        entrant.round();
      }
      answers.println(threads);
      while (orders.readLine() != null) {
        answers.println(Timing.rate(entrant));
      }
    }
  }

  private static int threads(Side side, Contest contest, Entrant entrant) throws IOException {
    return side == Side.LIBTORCH
        ? TorchThreads.choose(entrant, contest.shape().rows() == 1)
        : Entrants.threads(side);
  }
}

package org.levin.benchmarks.race;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.levin.format.ModelFile;
import org.levin.text.Vocabulary;

/**
 * The time from the start of java to the first character that a stored model of two layers of 128
 * units writes. Levin's side is its command, libtorch's {@link TorchFirstCharacter}.
 */
final class StartUp {
  static final String NAME = "start-up";

  private static final Shape SHAPE = new Shape(2, 128, 1, 1);

  /** More than is read: the process must live until its memory has been looked at. */
  private static final String LENGTH = "1000000";

  /** Nobody reads it: it is for who wants to know where a model comes from. */
  private static final String NO_PROVENANCE = "{}";

  private final Jvm own;
  private final Jvm command;
  private final String program;
  private final Pace pace;

  /**
   * Makes the contest.
   *
   * @param command how the launcher starts the command: java, its options and the main class, one a
   *     line
   */
  StartUp(Jvm own, Path command, Pace pace) throws IOException {
    List<String> lines = Files.readAllLines(command);
    this.own = own;
    this.command = new Jvm(lines.subList(1, lines.size() - 1), own.errors());
    this.program = lines.getLast();
    this.pace = pace;
  }

  Result run(Vocabulary vocabulary, Path scratch) throws IOException {
    Path model = scratch.resolve("model.safetensors");
    new ModelFile(Recipe.parameters(SHAPE, vocabulary.size()), vocabulary, NO_PROVENANCE)
        .write(model);
    String file = model.toString();
    Starts levin =
        new Starts(() -> command.start(program, "sample", "--model", file, "--length", LENGTH));
    Starts libtorch = new Starts(() -> own.start(TorchFirstCharacter.class, file));
    // The first start of each reads its jars from the disk, and libtorch's unpacks its natives.
    levin.next();
    libtorch.next();
    levin.forget();
    libtorch.forget();
    for (int i = 0; i < pace.rounds(); i++) {
      levin.next();
      libtorch.next();
    }
    Map<Side, Standing> standings = new EnumMap<>(Side.class);
    standings.put(Side.LEVIN, levin.standing());
    standings.put(Side.LIBTORCH, libtorch.standing());
    return new Result(NAME, "seconds", true, standings, OptionalDouble.empty());
  }

  /** How a side is started. */
  @FunctionalInterface
  private interface Start {
    Process process() throws IOException;
  }

  /** The starts of one side. */
  private static final class Starts {
    private final Start start;
    private final List<Double> seconds = new ArrayList<>();
    private OptionalDouble peakMegabytes = OptionalDouble.empty();

    Starts(Start start) {
      this.start = start;
    }

    void next() throws IOException {
      long begun = System.nanoTime();
      Process process = start.process();
      try {
        if (process.getInputStream().read() < 0) {
          throw new IOException("a process of " + NAME + " ended without a character");
        }
        seconds.add(Timing.seconds(begun));
        peakMegabytes = ProcessMemory.peakMegabytes(process);
      } finally {
        process.destroyForcibly().onExit().join();
      }
    }

    void forget() {
      seconds.clear();
    }

    Standing standing() {
      return new Standing(
          new Series(seconds), Runtime.getRuntime().availableProcessors(), peakMegabytes);
    }
  }
}

package org.levin.benchmarks.race;

import java.util.List;

/**
 * One line of the table.
 *
 * @param name what {@code --only} knows it by
 * @param companion whether it runs beside the contest before it, and is not asked for by name
 * @param task what is done
 * @param shape its sizes; a text to be encoded has none that matter
 * @param batches how many batches of that shape make a round
 * @param quickBatches the same where there is little time
 * @param sides who takes part, Levin first
 */
record Contest(
    String name,
    boolean companion,
    Task task,
    Shape shape,
    int batches,
    int quickBatches,
    List<Side> sides) {
  private static final List<Side> BOTH = List.of(Side.LEVIN, Side.LIBTORCH);
  private static final List<Side> WITH_ONE_THREAD =
      List.of(Side.LEVIN, Side.LIBTORCH, Side.LEVIN_ONE_THREAD);

  /** A piece of a text that goes through the network at once. */
  private static final int PIECE = 256;

  /** Every contest between networks, and the encoding of a text. */
  static final List<Contest> ALL =
      List.of(
          training("train-2x512", new Shape(2, 512, 128, 100), 2, 1, WITH_ONE_THREAD),
          training("train-2x128", new Shape(2, 128, 50, 50), 90, 15, BOTH),
          training("train-2x256", new Shape(2, 256, 32, 64), 30, 6, BOTH),
          training("train-1x1024", new Shape(1, 1024, 64, 64), 3, 1, BOTH),
          new Contest(
              "generate-2x512", false, Task.GENERATE, new Shape(2, 512, 1, 1), 2_000, 400, BOTH),
          new Contest(
              "generate-2x128", false, Task.GENERATE, new Shape(2, 128, 1, 1), 12_000, 3_000, BOTH),
          new Contest("score-2x512", false, Task.SCORE, new Shape(2, 512, 64, PIECE), 4, 1, BOTH),
          new Contest(
              "score-2x512-one-stream", true, Task.SCORE, new Shape(2, 512, 1, PIECE), 32, 6, BOTH),
          new Contest(
              "encode", false, Task.ENCODE, new Shape(1, 1, 1, 1), 1, 1, List.of(Side.LEVIN)));

  private static Contest training(
      String name, Shape shape, int batches, int quickBatches, List<Side> sides) {
    return new Contest(name, false, Task.TRAIN, shape, batches, quickBatches, sides);
  }

  /** Returns the contest of this name. */
  static Contest named(String name) {
    return ALL.stream().filter(contest -> contest.name.equals(name)).findFirst().orElseThrow();
  }

  /** Returns the unit of its results. */
  String unit() {
    return task == Task.ENCODE ? "MB/s" : "characters/s";
  }
}

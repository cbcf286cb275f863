package org.levin.engine.cuda.check;

import java.util.List;
import org.levin.engine.cuda.driver.TimedDriver;

/**
 * How much is done.
 *
 * @param tests what the JVM that runs tests is given: classes, or methods after a {@code #}
 * @param agreement what both engines train, and the GPU twice
 * @param agreementCharacters of the text, for each processor that the CPU engine has
 * @param text what is trained on the whole text
 * @param textCharacters of the text, at most
 * @param textSeconds the longest that this takes
 * @param speeds what is trained for its speed
 * @param generation what writes, one text
 * @param kernels what is measured kernel by kernel
 * @param warmSeconds before a speed is measured
 * @param seconds for which it is measured
 * @param ballast keeps the device busy while the host queues a step
 * @param options of every JVM
 */
record Sizes(
    List<String> tests,
    Shape agreement,
    int agreementCharacters,
    Shape text,
    long textCharacters,
    double textSeconds,
    List<Shape> speeds,
    Shape generation,
    Shape kernels,
    double warmSeconds,
    double seconds,
    TimedDriver.Ballast ballast,
    List<String> options) {
  private static final String TESTS = "org.levin.engine.cuda.CudaDeviceTest";

  /** Returns what is done on a GPU. */
  static Sizes whole() {
    Shape usual = new Shape(2, 512, 128, 100);
    return new Sizes(
        List.of(TESTS),
        new Shape(2, 256, 64, 50),
        150_000,
        usual,
        Long.MAX_VALUE,
        35,
        List.of(
            usual,
            new Shape(2, 128, 128, 100),
            new Shape(2, 256, 128, 100),
            new Shape(1, 1024, 128, 100)),
        new Shape(2, 512, 1, 1),
        usual,
        1,
        2.5,
        new TimedDriver.Ballast(1L << 30, 120, 250),
        List.of("-Xmx4g"));
  }

  /** Returns what shows that everything works, on the emulated device, in some seconds. */
  static Sizes tiny() {
    Shape small = new Shape(2, 8, 4, 5);
    return new Sizes(
        List.of(
            TESTS + "$Contract#theSameSeedGivesTheSameBits",
            TESTS + "$Agreement#trainsAsTheCpuDoes"),
        small,
        600,
        small,
        1_200,
        5,
        List.of(small, new Shape(1, 16, 4, 5)),
        new Shape(2, 8, 1, 1),
        small,
        0,
        0.05,
        new TimedDriver.Ballast(1L << 10, 1, 30),
        List.of("-Xmx512m", "-XX:TieredStopAtLevel=1", "-Xshare:auto"));
  }
}

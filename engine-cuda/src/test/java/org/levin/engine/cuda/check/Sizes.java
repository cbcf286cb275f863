package org.levin.engine.cuda.check;

import java.util.List;
import java.util.Map;
import org.levin.engine.cuda.driver.TimedDriver;

/**
 * How much is done.
 *
 * @param tests what JVMs that run tests are given, one for each precision, since a kernel that
 *     fails takes everything after it along: classes, or methods after a {@code #}
 * @param agreement what both engines train, and the GPU twice
 * @param agreementCharacters of the text, for each processor that the CPU engine has
 * @param text what is trained on the whole text
 * @param textCharacters of the text, at most
 * @param speeds what is trained for its speed
 * @param generation what writes, one text
 * @param kernels what is measured kernel by kernel
 * @param warmSeconds before a speed is measured
 * @param seconds for which it is measured
 * @param ballast keeps the device busy while the host queues a step
 * @param options of every JVM
 */
record Sizes(
    Map<String, List<String>> tests,
    Shape agreement,
    int agreementCharacters,
    Shape text,
    long textCharacters,
    List<Shape> speeds,
    Shape generation,
    Shape kernels,
    double warmSeconds,
    double seconds,
    TimedDriver.Ballast ballast,
    List<String> options) {
  private static final String TESTS = "org.levin.engine.cuda.CudaDeviceTest$";

  /** Returns what is done on a GPU. */
  static Sizes whole() {
    Shape usual = new Shape(2, 512, 128, 100);
    return new Sizes(
        Map.of(
            "fp32",
            List.of(TESTS + "Contract", TESTS + "Agreement", TESTS + "Sums", TESTS + "Recurrence"),
            "tf32",
            List.of(
                TESTS + "ContractInTf32",
                TESTS + "RoundingToTf32",
                TESTS + "RecurrenceInTf32",
                TESTS + "WritingInTf32"),
            "bf16",
            List.of(
                TESTS + "ContractInBf16",
                TESTS + "RoundingToBf16",
                TESTS + "RecurrenceInBf16",
                TESTS + "WritingInBf16")),
        new Shape(2, 256, 64, 50),
        150_000,
        usual,
        Long.MAX_VALUE,
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
        Map.of(
            "fp32",
            List.of(
                TESTS + "Contract#theSameSeedGivesTheSameBits",
                TESTS + "Agreement#trainsAsTheCpuDoes"),
            "tf32",
            List.of(TESTS + "ContractInTf32#theSameSeedGivesTheSameBits")),
        small,
        600,
        small,
        1_200,
        List.of(small, new Shape(1, 16, 4, 5)),
        new Shape(2, 8, 1, 1),
        small,
        0,
        0.05,
        new TimedDriver.Ballast(1L << 10, 1, 30),
        List.of("-Xmx512m", "-XX:TieredStopAtLevel=1", "-Xshare:auto"));
  }
}

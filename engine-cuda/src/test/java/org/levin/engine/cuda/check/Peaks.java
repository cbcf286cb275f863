package org.levin.engine.cuda.check;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.levin.engine.cuda.driver.DeviceAttributes;

/**
 * The most that a device can do in a second, without sparsity; 0 where it is unknown.
 *
 * @param fp32 operations of single precision, two a multiply-add
 * @param tf32 of tensor cores
 * @param bf16 likewise
 * @param bytes to and from memory
 * @param source who says so
 */
record Peaks(double fp32, double tf32, double bf16, double bytes, String source) {
  private static final double TERA = 1e12;

  /** Lanes of a multiprocessor that multiply and add floats, from compute capability 8.6 on. */
  private static final int LANES = 128;

  /** Both edges of the clock, and eight bits. */
  private static final double BYTES_A_BIT = 2.0 / 8;

  private record Known(String part, double fp32, double tf32, double bf16, double bytes) {}

  /** A slice of a device has its name, and a part of its speed. */
  private static final String SLICE = "MIG";

  /** NVIDIA's data sheets; the first whose words are among those of the device's name. */
  private static final List<Known> KNOWN =
      List.of(
          new Known("H200 NVL", 60, 418, 836, 4.8),
          new Known("H200", 67, 495, 989, 4.8),
          new Known("H100 PCIe", 51, 378, 756, 2.0),
          new Known("H100 NVL", 60, 418, 835, 3.9),
          new Known("H100", 67, 495, 989, 3.35),
          new Known("A100-SXM4-80GB", 19.5, 156, 312, 2.039),
          new Known("A100 80GB", 19.5, 156, 312, 1.935),
          new Known("A100", 19.5, 156, 312, 1.555),
          new Known("L40S", 91.6, 183, 362, 0.864));

  static Peaks of(String name, DeviceAttributes attributes) {
    return KNOWN.stream()
        .filter(known -> has(name, known.part()) && !has(name, SLICE))
        .findFirst()
        .map(Peaks::of)
        .orElseGet(() -> estimate(attributes));
  }

  /** A GH200 is no H200, and an A1000 no A100. */
  private static boolean has(String name, String words) {
    return Pattern.compile("\\b" + words + "\\b").matcher(name).find();
  }

  private static Peaks of(Known known) {
    return new Peaks(
        TERA * known.fp32(),
        TERA * known.tf32(),
        TERA * known.bf16(),
        TERA * known.bytes(),
        "data sheet of " + known.part());
  }

  private static Peaks estimate(DeviceAttributes attributes) {
    return new Peaks(
        2.0 * LANES * attributes.multiprocessors() * attributes.clock(),
        0,
        0,
        BYTES_A_BIT * attributes.memoryClock() * attributes.busBits(),
        "clocks and widths that the driver tells");
  }

  /** Returns the operations a second that a kernel can do at most, which its name tells. */
  double operations(String kernel) {
    String name = kernel.toLowerCase(Locale.ROOT);
    if (name.contains("bf16")) {
      return bf16;
    }
    return name.contains("tf32") ? tf32 : fp32;
  }
}

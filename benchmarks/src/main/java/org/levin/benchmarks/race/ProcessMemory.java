package org.levin.benchmarks.race;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The most memory that a process has had resident, where the system tells. */
final class ProcessMemory {
  private static final Pattern PEAK = Pattern.compile("VmHWM:\\s*(\\d+) kB");
  private static final double KILOBYTES_PER_MEGABYTE = 1024;

  private ProcessMemory() {}

  /** Returns the peak in megabytes of 2<sup>20</sup> bytes; nothing outside Linux. */
  static OptionalDouble peakMegabytes(Process process) throws IOException {
    Path status = Path.of("/proc/" + process.pid() + "/status");
    if (!Files.exists(status)) {
      return OptionalDouble.empty();
    }
    Matcher peak = PEAK.matcher(Files.readString(status));
    return peak.find()
        ? OptionalDouble.of(Long.parseLong(peak.group(1)) / KILOBYTES_PER_MEGABYTE)
        : OptionalDouble.empty();
  }
}

package org.levin;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** What this process holds; files are 0 where the system does not tell. */
public record Footprint(
    long heap, int threads, long openFiles, long mappedFiles, long temporaryFiles) {
  /** What a JVM of its own accord may move: compiled code, and the collector's tables. */
  private static final long HEAP = 2_000_000;

  private static final int FEW = 3;

  /** Asserts that nothing has grown beyond what a JVM moves of its own accord. */
  public void assertFlatSince(Footprint before) {
    String change = before + " became " + this;
    assertTrue(heap < before.heap + HEAP, change);
    assertTrue(threads <= before.threads + FEW, change);
    assertTrue(openFiles <= before.openFiles + FEW, change);
    assertTrue(mappedFiles <= before.mappedFiles, change);
    assertTrue(temporaryFiles <= before.temporaryFiles, change);
  }

  /** Returns what it holds now, garbage collected. */
  public static Footprint now() throws IOException {
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    Runtime runtime = Runtime.getRuntime();
    return new Footprint(
        runtime.totalMemory() - runtime.freeMemory(),
        ManagementFactory.getThreadMXBean().getThreadCount(),
        count(Path.of("/proc/self/fd"), ""),
        mappings(),
        count(Path.of(System.getProperty("java.io.tmpdir")), "levin"));
  }

  private static long count(Path folder, String prefix) throws IOException {
    if (!Files.isDirectory(folder)) {
      return 0;
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.getFileName().toString().startsWith(prefix)).count();
    }
  }

  private static long mappings() throws IOException {
    Path maps = Path.of("/proc/self/maps");
    return Files.isReadable(maps)
        ? Files.readAllLines(maps).stream().filter(line -> line.contains(".arrow")).count()
        : 0;
  }
}

package org.levin.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What can be seen in the sources only: a package-info without annotations leaves no class. */
class SourcesTest {
  private static final int LONGEST = 400;

  @Test
  void everyPackageSaysWhatLivesThere() throws IOException {
    TreeSet<Path> packages = new TreeSet<>();
    for (Path source : mainSources()) {
      packages.add(source.getParent());
    }
    assertTrue(packages.size() > 10, () -> "too few packages: " + packages);
    assertEquals(
        List.of(),
        packages.stream()
            .filter(folder -> !Files.exists(folder.resolve("package-info.java")))
            .toList());
  }

  @Test
  void everyFileCanBeReadInOneSitting() throws IOException {
    for (Path source : mainSources()) {
      try (Stream<String> lines = Files.lines(source)) {
        long count = lines.count();
        assertTrue(count <= LONGEST, () -> source + " has " + count + " lines");
      }
    }
  }

  private static List<Path> mainSources() throws IOException {
    Path root = Path.of("").toAbsolutePath().getParent();
    try (Stream<Path> modules = Files.list(root)) {
      List<Path> roots =
          modules
              .map(module -> module.resolve("src/main/java"))
              .filter(Files::isDirectory)
              .toList();
      assertTrue(roots.size() > 2, () -> "too few modules: " + roots);
      return roots.stream().flatMap(SourcesTest::javaFiles).toList();
    }
  }

  private static Stream<Path> javaFiles(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(file -> file.getFileName().toString().endsWith(".java"))
          .toList()
          .stream();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}

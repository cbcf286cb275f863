package org.levin.engine.cuda;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.levin.engine.Availability;
import org.levin.engine.Engine;
import org.levin.engine.EngineOptions;
import org.levin.engine.Engines;

/** What a JVM started by a test runs: says whether the engine works, and which one is chosen. */
final class AvailabilityProgram {
  private AvailabilityProgram() {}

  public static void main(String... arguments) throws java.io.IOException {
    switch (new CudaEngineProvider().availability()) {
      case Availability.Available available ->
          System.out.println("available: " + available.detail());
      case Availability.Unavailable unavailable ->
          System.out.println(
              "unavailable: " + unavailable.reason() + "; remedy: " + unavailable.remedy());
    }
    try (Engine engine = Engines.open(Optional.empty(), new EngineOptions(1))) {
      System.out.println("chosen: " + engine.name());
    }
    try (Stream<Path> left = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
      System.out.println("left: " + left.filter(AvailabilityProgram::isOurs).toList());
    }
  }

  private static boolean isOurs(Path file) {
    String name = file.getFileName().toString();
    return name.contains("levin") || name.contains("JCuda");
  }
}

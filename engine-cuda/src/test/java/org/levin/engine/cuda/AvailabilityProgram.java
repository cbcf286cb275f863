package org.levin.engine.cuda;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.levin.engine.Availability;
import org.levin.engine.Engine;
import org.levin.engine.EngineOptions;
import org.levin.engine.EngineUnavailableException;
import org.levin.engine.Engines;

/**
 * What a JVM started by a test runs: says whether the engine works, and which one is chosen, by
 * itself and by name.
 */
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
    System.out.println("chosen: " + opened(Optional.empty()));
    System.out.println("asked for: " + opened(Optional.of(CudaEngine.NAME)));
    try (Stream<Path> left = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
      System.out.println("left: " + left.filter(AvailabilityProgram::isOurs).toList());
    }
  }

  private static String opened(Optional<String> name) {
    try (Engine engine = Engines.open(name, new EngineOptions(1))) {
      return engine.name();
    } catch (EngineUnavailableException e) {
      return "unavailable";
    }
  }

  private static boolean isOurs(Path file) {
    String name = file.getFileName().toString();
    return name.contains("levin") || name.contains("JCuda");
  }
}

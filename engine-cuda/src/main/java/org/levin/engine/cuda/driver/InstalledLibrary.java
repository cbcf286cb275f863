package org.levin.engine.cuda.driver;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Whether NVIDIA's driver is installed, without loading anything: from Java 24 on, the first native
 * library makes the JVM print warnings, and who has no GPU shall not see them.
 */
final class InstalledLibrary {
  /** The library of the driver. */
  static final String NAME = "libcuda.so.1";

  private static final Path CACHE = Path.of("/etc/ld.so.cache");
  private static final List<String> FOLDERS =
      List.of(
          "/lib64",
          "/usr/lib64",
          "/lib",
          "/usr/lib",
          "/lib/x86_64-linux-gnu",
          "/usr/lib/x86_64-linux-gnu");

  private InstalledLibrary() {}

  /** Returns whether the loader of dynamic libraries would find it in this environment. */
  static boolean isFound(Map<String, String> environment) {
    for (String folder : environment.getOrDefault("LD_LIBRARY_PATH", "").split(":")) {
      if (!folder.isEmpty() && isIn(folder)) {
        return true;
      }
    }
    return FOLDERS.stream().anyMatch(InstalledLibrary::isIn) || isInCache();
  }

  /** Not as a {@link Path}, which would refuse a name that the locale cannot spell. */
  private static boolean isIn(String folder) {
    return new File(folder, NAME).exists();
  }

  private static boolean isInCache() {
    try {
      // Names in the cache are bytes that end with a zero.
      return Files.exists(CACHE)
          && Files.readString(CACHE, StandardCharsets.ISO_8859_1).contains("/" + NAME + "\0");
    } catch (IOException e) {
      return false; // what cannot be read tells nothing
    }
  }
}

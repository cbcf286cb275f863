package org.levin.engine.cuda.driver;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import jcuda.driver.JCudaDriver;

/**
 * JCuda's native library. JCuda would unpack it to a file of a fixed name in the folder for
 * temporary files, and take whatever lies there already; here it goes to a new folder that is the
 * user's alone, and which is gone as soon as the library is loaded.
 */
final class NativeLibrary {
  private static final String TEMPORARY_FOLDER = "java.io.tmpdir";

  private NativeLibrary() {}

  /**
   * Loads it, once.
   *
   * @throws LinkageError if it, or the driver that it needs, cannot be loaded
   * @throws UncheckedIOException if it cannot be unpacked
   */
  static synchronized void load() {
    // The JDK's own temporary files stay where they are: it reads the property once, before this.
    String shared = System.getProperty(TEMPORARY_FOLDER);
    Path folder = privateFolder();
    try {
      System.setProperty(TEMPORARY_FOLDER, folder.toString());
      JCudaDriver.setExceptionsEnabled(false); // its static initializer loads the library
    } finally {
      System.setProperty(TEMPORARY_FOLDER, shared);
      remove(folder);
    }
  }

  private static Path privateFolder() {
    try {
      return Files.createTempDirectory(
          "levin-cuda-",
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot make a folder to unpack JCuda's library in", e);
    }
  }

  /** A loaded library needs its file no longer. */
  private static void remove(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Files.delete(file);
      }
      Files.delete(folder);
    } catch (IOException e) {
      System.getLogger(NativeLibrary.class.getName())
          .log(System.Logger.Level.DEBUG, "what was unpacked to " + folder + " stays", e);
    }
  }
}

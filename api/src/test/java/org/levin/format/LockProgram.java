package org.levin.format;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.levin.faults.ChildProgram;

/** Takes locks, as a program, so that a test may have several processes do it, and kill them. */
final class LockProgram {
  private LockProgram() {}

  /** {@code hold FILE} or {@code rounds FILE NUMBER}. */
  public static void main(String... arguments) throws IOException {
    Path file = Path.of(arguments[1]);
    if (arguments[0].equals("hold")) {
      WriteLock lock = WriteLock.of(file);
      ChildProgram.pause("holds");
      lock.close();
    } else {
      System.out.println("begins");
      System.out.println("held " + rounds(file, Integer.parseInt(arguments[2])));
    }
  }

  /**
   * Tries so many times to take the lock.
   *
   * @return how often it was had
   * @throws IOException if somebody else is inside at the same time, or anything but the lock fails
   */
  static int rounds(Path file, int rounds) throws IOException {
    Path inside = file.resolveSibling("inside");
    int held = 0;
    for (int i = 0; i < rounds; i++) {
      WriteLock lock;
      try {
        lock = WriteLock.of(file);
      } catch (FileInUseException e) {
        Thread.yield();
        continue;
      }
      Files.createFile(inside);
      held++;
      Thread.yield();
      Files.delete(inside);
      lock.close();
    }
    return held;
  }
}

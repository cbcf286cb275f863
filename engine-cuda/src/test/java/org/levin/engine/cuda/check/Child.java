package org.levin.engine.cuda.check;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/**
 * What came of a process.
 *
 * @param lines that it printed, errors among them
 * @param exit its exit status; -1 if it was ended
 * @param timedOut whether it was ended
 */
record Child(List<String> lines, int exit, boolean timedOut) {
  private static final int GRACE_SECONDS = 3;

  /**
   * Runs a process to its end, which comes after that many seconds if not before.
   *
   * @throws IOException if it cannot be started
   */
  static Child run(List<String> command, long seconds) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    List<String> lines = new CopyOnWriteArrayList<>();
    Thread reader =
        Thread.ofPlatform()
            .daemon()
            .start(() -> process.inputReader(UTF_8).lines().forEach(lines::add));
    boolean ended = process.waitFor(seconds, TimeUnit.SECONDS);
    if (!ended) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly().waitFor(GRACE_SECONDS, TimeUnit.SECONDS);
    }
    // A process that hangs in the driver may not even end when it is killed.
    reader.join(Duration.ofSeconds(GRACE_SECONDS));
    return new Child(List.copyOf(lines), ended ? process.exitValue() : -1, !ended);
  }
}

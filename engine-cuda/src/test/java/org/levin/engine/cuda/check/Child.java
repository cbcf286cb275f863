package org.levin.engine.cuda.check;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A process that is ended when it has had its time. */
final class Child {
  private static final int TICK_MILLIS = 50;
  private static final int GRACE_SECONDS = 3;
  private static final int ENDED = -1;
  private static final double NANOS = 1e9;

  /** How a process came to its end: by itself, after its time, or after a long silence. */
  enum End {
    ITS_OWN,
    TIMED_OUT,
    SILENT
  }

  /**
   * What came of a process.
   *
   * @param lines that it printed, errors among them
   * @param exit its exit status; -1 if it was ended
   */
  record Outcome(List<String> lines, int exit, End end) {}

  private final Process process;
  private final Consumer<String> log;
  private final List<String> lines = Collections.synchronizedList(new ArrayList<>());
  private final long start = System.nanoTime();
  private volatile long heard = start;

  private Child(Process process, Consumer<String> log) {
    this.process = process;
    this.log = log;
  }

  /**
   * Runs a process to its end.
   *
   * @param environment added to that of this process
   * @param log is told each line as it comes
   * @throws IOException if it cannot be started
   */
  static Outcome run(
      List<String> command, Map<String, String> environment, Limits limits, Consumer<String> log)
      throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(environment);
    return new Child(builder.start(), log).await(limits);
  }

  private Outcome await(Limits limits) throws InterruptedException {
    Thread reader = Thread.ofPlatform().daemon().start(this::read);
    End end = End.ITS_OWN;
    while (end == End.ITS_OWN && !process.waitFor(TICK_MILLIS, TimeUnit.MILLISECONDS)) {
      if (secondsSince(start) >= limits.most()) {
        end = End.TIMED_OUT;
      } else if (secondsSince(heard) >= limits.silent()) {
        end = End.SILENT;
      }
    }
    if (end != End.ITS_OWN) {
      end();
    }
    // What hangs in the driver may not even end when it is killed.
    reader.join(Duration.ofSeconds(GRACE_SECONDS));
    return new Outcome(List.copyOf(lines), end == End.ITS_OWN ? process.exitValue() : ENDED, end);
  }

  private void read() {
    try (BufferedReader reader = process.inputReader(UTF_8)) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        heard = System.nanoTime();
        lines.add(line);
        log.accept(line);
      }
    } catch (IOException e) {
      log.accept("gpu-check: no more can be read of this process: " + e.getMessage());
    }
  }

  /** By handles, since {@link Process#destroyForcibly} closes the stream before all is read. */
  private void end() throws InterruptedException {
    askWhere();
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.toHandle().destroyForcibly();
    process.waitFor(GRACE_SECONDS, TimeUnit.SECONDS);
  }

  /** A JVM prints upon this signal where each of its threads is. */
  private void askWhere() throws InterruptedException {
    try {
      new ProcessBuilder("bash", "-c", "kill -QUIT " + process.pid()).start();
      process.waitFor(1, TimeUnit.SECONDS);
    } catch (IOException e) {
      log.accept("gpu-check: there is no bash to ask this process where it is");
    }
  }

  private static double secondsSince(long start) {
    return (System.nanoTime() - start) / NANOS;
  }
}

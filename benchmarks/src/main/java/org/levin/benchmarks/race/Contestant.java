package org.levin.benchmarks.race;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A side of a contest as the race sees it: a process that runs a round when it is told to. */
final class Contestant implements AutoCloseable {
  private static final int PATIENCE_SECONDS = 20;

  private final Side side;
  private final Process process;
  private final BufferedReader answers;
  private final Writer orders;
  private final Jvm jvm;
  private final List<Double> rates = new ArrayList<>();
  private final int threads;
  private Duration busy;
  private long idleSince;
  private double idleSeconds;
  private double idleBusySeconds;

  /** Starts the side, and returns when it is warm. */
  Contestant(Jvm jvm, Side side, String... arguments) throws IOException {
    this.jvm = jvm;
    this.side = side;
    this.process = jvm.start(EntrantProgram.class, arguments);
    this.answers = process.inputReader();
    this.orders = process.outputWriter();
    this.threads = Integer.parseInt(answer());
    rest();
  }

  Side side() {
    return side;
  }

  /** Has a round run, and keeps its rate. */
  void round() throws IOException {
    idleSeconds += Timing.seconds(idleSince);
    idleBusySeconds += processorTime().minus(busy).toMillis() / 1e3;
    orders.write("round\n");
    orders.flush();
    rates.add(Double.parseDouble(answer()));
    rest();
  }

  private void rest() {
    busy = processorTime();
    idleSince = System.nanoTime();
  }

  private Duration processorTime() {
    return process.info().totalCpuDuration().orElse(Duration.ZERO);
  }

  /** Returns the share of one processor that it took while it was to be idle. */
  double idleShare() {
    return idleSeconds == 0 ? 0 : idleBusySeconds / idleSeconds;
  }

  /** Returns how it did. */
  Standing standing() throws IOException {
    return new Standing(new Series(rates), threads, ProcessMemory.peakMegabytes(process));
  }

  private String answer() throws IOException {
    String line = answers.readLine();
    if (line == null) {
      throw new IOException(
          "the process of " + side + " has died:\n" + Files.readString(jvm.errors()));
    }
    return line;
  }

  /** Ends the process; its input ends, and so does it. */
  @Override
  public void close() throws IOException {
    orders.close();
    try {
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}

package org.levin.tuning;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.levin.training.Cancellation;
import org.levin.training.StepMetrics;
import org.levin.training.TrainingListener;
import org.levin.tuning.trial.Result;

/**
 * Trains what a study asks for, several trials at a time; the processors are divided among them.
 */
final class Workers {
  private static final double NANOS = 1e9;

  private final Study study;
  private final TrialTraining training;
  private final TuningListener listener;
  private final Cancellation cancellation;
  private final int workers;
  private final int processors;

  Workers(
      Study study,
      TrialTraining training,
      TuningListener listener,
      Cancellation cancellation,
      int workers,
      int processors) {
    this.study = study;
    this.training = training;
    this.listener = listener;
    this.cancellation = cancellation;
    this.workers = workers;
    this.processors = processors;
  }

  /**
   * Trains until the study is over or all is cancelled; a failure ends the other trainings, too. An
   * interrupted thread cancels, and still waits: a checkpoint's file is closed under a thread that
   * is interrupted.
   */
  void run() throws IOException {
    boolean interrupted = false;
    ExecutorService pool =
        Executors.newFixedThreadPool(
            workers, Thread.ofPlatform().name("levin-trial-", 1).factory());
    try {
      List<Future<Void>> all = new ArrayList<>();
      for (int i = 0; i < workers; i++) {
        all.add(pool.submit(this::work));
      }
      for (Future<Void> one : all) {
        interrupted |= join(one);
      }
      for (Future<Void> one : all) {
        rethrow(one);
      }
    } finally {
      pool.shutdown();
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Waits for a worker's end; returns whether this thread was interrupted meanwhile. */
  private boolean join(Future<Void> worker) {
    boolean interrupted = false;
    while (true) {
      try {
        worker.get();
        return interrupted;
      } catch (InterruptedException e) {
        interrupted = true;
        cancellation.cancel();
      } catch (ExecutionException e) {
        return interrupted;
      }
    }
  }

  private static void rethrow(Future<Void> worker) throws IOException {
    if (worker.state() == Future.State.FAILED) {
      switch (worker.exceptionNow()) {
        case IOException failure -> throw failure;
        case RuntimeException failure -> throw failure;
        case Error failure -> throw failure;
        case Throwable failure -> throw new IllegalStateException(failure);
      }
    }
  }

  private Void work() throws IOException {
    try {
      for (Optional<Assignment> next = take(); next.isPresent(); next = take()) {
        train(next.get());
      }
      return null;
    } catch (IOException | RuntimeException | Error e) {
      cancellation.cancel();
      throw e;
    } finally {
      synchronized (this) {
        notifyAll();
      }
    }
  }

  /** Waits for something to train; nothing when there will be none. */
  private synchronized Optional<Assignment> take() {
    Optional<Assignment> next = Optional.empty();
    while (!cancellation.cancelled() && !study.isOver() && (next = study.ask()).isEmpty()) {
      try {
        wait();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return Optional.empty();
      }
    }
    return next;
  }

  /** Towards the end of a rung fewer train, each with more threads; that changes no result. */
  private int threads() {
    return Math.max(1, processors / Math.clamp(study.assignable(), 1, workers));
  }

  private void train(Assignment assignment) throws IOException {
    int threads = threads();
    synchronized (listener) {
      listener.started(assignment, threads);
    }
    long start = System.nanoTime();
    Optional<Result> outcome = training.train(assignment, threads, heard(assignment), cancellation);
    double seconds = (System.nanoTime() - start) / NANOS;
    if (outcome.isEmpty()) {
      study.giveBack(assignment);
      return;
    }
    Result result = outcome.get();
    result
        .measurement()
        .ifPresentOrElse(
            measurement -> study.tell(assignment, measurement, seconds),
            () -> study.fail(assignment, result.failure().orElseThrow(), seconds));
    synchronized (listener) {
      listener.ended(assignment, result, seconds);
    }
    synchronized (this) {
      training.tidy(study);
      notifyAll();
    }
  }

  private TrainingListener heard(Assignment assignment) {
    return new TrainingListener() {
      @Override
      public void stepped(StepMetrics metrics) {
        synchronized (listener) {
          listener.stepped(assignment, metrics);
        }
      }

      @Override
      public void checkpointFailed(long step, IOException failure) {
        throw new UncheckedIOException(
            new IOException(
                "the checkpoint of trial %d cannot be written: %s"
                    .formatted(assignment.trial(), failure.getMessage()),
                failure));
      }
    };
  }
}

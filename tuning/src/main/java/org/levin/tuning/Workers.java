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
  private final TrialFiles files;
  private final TuningListener listener;
  private final Cancellation cancellation;
  private final int workers;
  private final int processors;

  Workers(
      Study study,
      TrialTraining training,
      TrialFiles files,
      TuningListener listener,
      Cancellation cancellation,
      int workers,
      int processors) {
    this.study = study;
    this.training = training;
    this.files = files;
    this.listener = listener;
    this.cancellation = cancellation;
    this.workers = workers;
    this.processors = processors;
  }

  /**
   * Trains until the study is over or all is cancelled; a failure ends the other trainings, too.
   */
  void run() throws IOException {
    try (ExecutorService pool =
        Executors.newFixedThreadPool(
            workers, Thread.ofPlatform().name("levin-trial-", 1).factory())) {
      List<Future<Void>> all = new ArrayList<>();
      for (int i = 0; i < workers; i++) {
        all.add(pool.submit(this::work));
      }
      for (Future<Void> one : all) {
        join(one);
      }
    }
  }

  private void join(Future<Void> worker) throws IOException {
    try {
      worker.get();
    } catch (InterruptedException e) {
      cancellation.cancel();
      Thread.currentThread().interrupt();
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case IOException failure -> throw failure;
        case RuntimeException failure -> throw failure;
        case Error failure -> throw failure;
        default -> throw new IllegalStateException(e.getCause());
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
    return Math.max(1, processors / Math.clamp(study.open(), 1, workers));
  }

  private void train(Assignment assignment) throws IOException {
    int threads = threads();
    synchronized (listener) {
      listener.started(assignment, threads);
    }
    long start = System.nanoTime();
    TrialTraining.Outcome outcome =
        training.train(assignment, threads, heard(assignment), cancellation);
    double seconds = (System.nanoTime() - start) / NANOS;
    if (outcome.result().isEmpty()) {
      study.giveBack(assignment);
      return;
    }
    Result result = outcome.result().get();
    outcome.provenance().ifPresent(json -> study.record(assignment.trial(), json));
    result
        .measurement()
        .ifPresentOrElse(
            measurement -> study.tell(assignment, measurement, seconds),
            () -> study.fail(assignment, result.failure().orElseThrow(), seconds));
    synchronized (listener) {
      listener.ended(assignment, result, seconds);
    }
    synchronized (this) {
      files.keepOnly(study.needed());
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
        throw new UncheckedIOException(failure);
      }
    };
  }
}

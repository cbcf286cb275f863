package org.levin;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.levin.corpus.Batch;
import org.levin.corpus.Corpus;
import org.levin.engine.Engine;
import org.levin.engine.EngineOptions;
import org.levin.engine.Engines;
import org.levin.engine.Network;
import org.levin.model.Parameters;
import org.levin.training.Cancellation;
import org.levin.training.Checkpointing;
import org.levin.training.StepMetrics;
import org.levin.training.TrainingListener;

/** A training tells its network each batch one step ahead, as the very object that comes then. */
class ExpectedBatchesTest {
  private static final int BATCHES_AN_EPOCH = 10;

  /** Calls of the network by name, and their batches. */
  private record Told(String call, Batch batch) {}

  private final List<Told> told = new ArrayList<>();

  @Test
  void eachBatchIsToldBeforeTheStepAheadOfIt() {
    run(Texts.smallTrainer().epochs(2).build());
    List<Batch> batches = batches(2 * BATCHES_AN_EPOCH);
    assertArrayEquals(
        batches.getFirst().inputs(),
        batches.get(BATCHES_AN_EPOCH).inputs(),
        "the next epoch begins anew");
  }

  @Test
  void aTrainingThatGoesOnTellsThemFromThereOn(@TempDir Path folder) throws IOException {
    Path checkpoint = folder.resolve("checkpoint");
    Trainer trainer = Texts.smallTrainer().epochs(1).build();
    run(trainer);
    List<Batch> whole = batches(BATCHES_AN_EPOCH);
    Cancellation cancellation = new Cancellation();
    TrainingListener listener =
        new Diary() {
          @Override
          public void stepped(StepMetrics metrics) {
            if (metrics.step() == 4) {
              cancellation.cancel();
            }
          }
        };
    try (Corpus corpus = Corpus.of(Texts.ANNA)) {
      trainer
          .checkpointing(Checkpointing.to(checkpoint))
          .train(corpus, listener, cancellation)
          .close();
    }
    told.clear();
    run(trainer.resumingFrom(checkpoint));
    List<Batch> rest = batches(BATCHES_AN_EPOCH - 4);
    assertArrayEquals(whole.get(4).inputs(), rest.getFirst().inputs());
  }

  /** Returns the batches of so many steps, each but the first of which was told before. */
  private List<Batch> batches(int steps) {
    List<Batch> trained = new ArrayList<>();
    for (int i = 0; i < told.size(); i += 2) {
      boolean isLast = i == told.size() - 1;
      Told step = told.get(isLast ? i : i + 1);
      assertEquals("train", step.call());
      trained.add(step.batch());
      if (!isLast) {
        assertEquals("expect", told.get(i).call());
        Told next = told.get(Math.min(i + 3, told.size() - 1));
        assertSame(next.batch(), told.get(i).batch());
      }
    }
    assertEquals(steps, trained.size());
    return trained;
  }

  private void run(Trainer trainer) {
    EngineOptions machine = new EngineOptions(1);
    TrainingListener listener = new Diary();
    try (Corpus corpus = Corpus.of(Texts.ANNA);
        Checkpoints checkpoints = Checkpoints.open(Optional.empty(), listener);
        Engine engine = Engines.open(Optional.empty(), machine)) {
      new TrainingRun(
              trainer,
              corpus,
              listening(engine),
              machine,
              checkpoints,
              listener,
              new Cancellation())
          .run()
          .close();
    }
  }

  private Engine listening(Engine engine) {
    return new Engine() {
      @Override
      public String name() {
        return engine.name();
      }

      @Override
      public String version() {
        return engine.version();
      }

      @Override
      public Network network(Parameters parameters) {
        return listening(engine.network(parameters));
      }

      @Override
      public void close() {
        engine.close();
      }
    };
  }

  private Network listening(Network network) {
    return (Network)
        Proxy.newProxyInstance(
            Network.class.getClassLoader(),
            new Class<?>[] {Network.class},
            (_, method, arguments) -> {
              if (method.getName().matches("expect|train")) {
                told.add(new Told(method.getName(), (Batch) arguments[0]));
              }
              try {
                return method.invoke(network, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }
}

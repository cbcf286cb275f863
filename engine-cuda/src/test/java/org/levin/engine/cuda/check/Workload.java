package org.levin.engine.cuda.check;

import java.util.Optional;
import org.levin.corpus.Batch;
import org.levin.corpus.Batcher;
import org.levin.corpus.Corpus;
import org.levin.engine.Adam;
import org.levin.engine.Engine;
import org.levin.engine.Network;
import org.levin.engine.NetworkState;
import org.levin.engine.TrainingStep;
import org.levin.model.Initialization;

/** A network in training on the batches of a text, one after the other and from the start again. */
final class Workload implements AutoCloseable {
  private static final double LEARNING_RATE = 1e-3;
  private static final double DROPOUT = 0.5;
  private static final double CLIP_NORM = 5;
  private static final long SEED = 42;

  private final Corpus corpus;
  private final Batcher batcher;
  private final long batches;
  private final Network network;
  private final NetworkState state;
  private Optional<Batch> upcoming = Optional.empty();
  private long steps;

  Workload(Engine engine, Corpus corpus, Shape shape) {
    this.corpus = corpus;
    batcher = Batcher.contiguous(shape.rows(), shape.steps());
    batches = batcher.requireBatches(corpus.tokens());
    network =
        engine.network(
            Initialization.UNIFORM.parameters(
                shape.architecture(), corpus.vocabulary().size(), SEED));
    state = network.state(shape.rows());
  }

  /** Trains a step, to its end, and returns its loss. */
  double step() {
    long number = steps++ % batches;
    if (number == 0) {
      state.reset();
    }
    Batch batch = upcoming.orElseGet(() -> batch(number));
    upcoming = Optional.of(batch((number + 1) % batches));
    upcoming.ifPresent(network::expect);
    TrainingStep step =
        new TrainingStep(steps, LEARNING_RATE, DROPOUT, CLIP_NORM, SEED, Adam.DEFAULT);
    return network.train(batch, state, step).loss();
  }

  private Batch batch(long number) {
    return batcher.batch(corpus.tokens(), number);
  }

  @Override
  public void close() {
    state.close();
    network.close();
  }
}

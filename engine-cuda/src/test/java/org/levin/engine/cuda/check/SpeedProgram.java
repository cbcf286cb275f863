package org.levin.engine.cuda.check;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;
import org.levin.corpus.Corpus;
import org.levin.engine.Engine;
import org.levin.engine.EngineOptions;
import org.levin.engine.EngineUnavailableException;
import org.levin.engine.Engines;
import org.levin.engine.Network;
import org.levin.engine.cuda.driver.CudaException;
import org.levin.model.Initialization;
import org.levin.sampling.GenerationOptions;
import org.levin.sampling.GenerationSession;
import org.levin.sampling.Sampler;

/** Measures how fast networks train, and one writes: the text, {@code tiny} or not. */
final class SpeedProgram {
  private static final long SEED = 42;

  private final Sizes sizes;
  private final Engine engine;
  private final Corpus corpus;

  private SpeedProgram(Sizes sizes, Engine engine, Corpus corpus) {
    this.sizes = sizes;
    this.engine = engine;
    this.corpus = corpus;
  }

  public static void main(String... arguments) throws IOException {
    Sizes sizes = Boolean.parseBoolean(arguments[1]) ? Sizes.tiny() : Sizes.whole();
    try (Engine engine = Engines.open(Optional.of("cuda"), EngineOptions.defaults());
        Corpus corpus = Text.start(Path.of(arguments[0]), Long.MAX_VALUE)) {
      Optional<String> refusal = Setting.refusal(engine.version());
      if (refusal.isPresent()) {
        ResultLine.printNotAvailable(refusal.get());
      } else {
        new SpeedProgram(sizes, engine, corpus).measure();
      }
    } catch (EngineUnavailableException e) {
      ResultLine.printNotAvailable(e.getMessage());
    }
  }

  private void measure() {
    for (Shape shape : sizes.speeds()) {
      tell("train", shape, () -> training(shape));
    }
    tell("generate", sizes.generation(), () -> generation(sizes.generation()));
  }

  /** What fails does not keep others from being measured. */
  private static void tell(String task, Shape shape, Supplier<ObjectNode> measured) {
    ObjectNode result = ResultLine.object().put("task", task).put("shape", shape.toString());
    try {
      result.setAll(measured.get());
    } catch (CudaException | IllegalStateException | IllegalArgumentException e) {
      result.put("error", e.toString());
    }
    ResultLine.print(result);
  }

  private ObjectNode training(Shape shape) {
    try (Workload workload = new Workload(engine, corpus, shape)) {
      Pace pace = Pace.of(workload::step, sizes.warmSeconds(), sizes.seconds());
      return ResultLine.object()
          .put("charactersPerSecond", pace.perSecond() * shape.characters())
          .put("millisecondsPerStep", 1e3 / pace.perSecond())
          .put("steps", pace.times())
          .put("loss", pace.last());
    }
  }

  private ObjectNode generation(Shape shape) {
    var parameters =
        Initialization.UNIFORM.parameters(shape.architecture(), corpus.vocabulary().size(), SEED);
    GenerationOptions endless =
        GenerationOptions.of(Sampler.temperature(1)).length(Long.MAX_VALUE).seed(SEED);
    try (Network network = engine.network(parameters);
        GenerationSession session = new GenerationSession(network, corpus.vocabulary(), endless)) {
      Pace pace = Pace.of(() -> session.next().id(), sizes.warmSeconds(), sizes.seconds());
      return ResultLine.object().put("charactersPerSecond", pace.perSecond());
    }
  }
}

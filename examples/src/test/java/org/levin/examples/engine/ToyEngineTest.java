package org.levin.examples.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.levin.SequenceModel;
import org.levin.Trainer;
import org.levin.corpus.Corpus;
import org.levin.engine.Engine;
import org.levin.engine.EngineOptions;
import org.levin.engine.Engines;
import org.levin.engine.contract.EngineContract;
import org.levin.model.LstmArchitecture;

/** The contract, over an engine that a stranger could have written; found as a stranger's is. */
class ToyEngineTest implements EngineContract {
  private static final String TEXT = "the toy reads, the toy writes. ".repeat(20);

  @Override
  public Engine open() {
    return Engines.open(Optional.of("toy"), EngineOptions.defaults());
  }

  @Test
  void isNeverTakenUnasked() {
    assertEquals("cpu", Engines.select(Optional.empty()).name());
  }

  @Test
  void trainsWhatTheCpuEngineTrains() throws IOException {
    try (Corpus corpus = Corpus.of(TEXT);
        SequenceModel toy = trainer("toy").train(corpus);
        SequenceModel cpu = trainer("cpu").train(corpus)) {
      double bits = toy.score(TEXT).bitsPerToken();
      assertEquals(cpu.score(TEXT).bitsPerToken(), bits, 1e-3);
      assertTrue(bits < 2, () -> "it has learned little: " + bits + " bits");
      assertTrue(toy.provenance().toString().contains("toy"), "the provenance names the engine");
    }
  }

  private static Trainer trainer(String engine) {
    return Trainer.builder()
        .engine(engine)
        .architecture(LstmArchitecture.of(2, 12))
        .batchSize(4)
        .sequenceLength(10)
        .steps(60)
        .learningRate(0.01)
        .dropout(0.1)
        .seed(3)
        .build();
  }
}

package org.levin.sampling;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.levin.corpus.Batch;
import org.levin.engine.Network;
import org.levin.engine.NetworkState;
import org.levin.engine.OptimizerState;
import org.levin.engine.StepResult;
import org.levin.engine.TrainingStep;
import org.levin.model.Parameters;
import org.levin.text.UnknownSymbols;
import org.levin.text.Vocabulary;

/** What a session asks of its network, which here only counts upwards. */
class GenerationSessionTest {
  private static final Vocabulary LETTERS = Vocabulary.codePointsOf("abcde");

  private final Successor network = new Successor();

  @Test
  void readsWhatItWritesSymbolBySymbol() {
    try (GenerationSession session = new GenerationSession(network, LETTERS, 1)) {
      session.feed("ab", UnknownSymbols.error());
      assertEquals("c", session.nextText(Sampler.unchanged()));
      assertEquals(3, session.next(Sampler.unchanged()));
      assertEquals(List.of(0, 1, 2, 3), network.read);
      assertEquals("", session.finish());
    }
    assertTrue(network.stateClosed);
  }

  @Test
  void readsALongPromptInPiecesThatTakeLittleMemory() {
    String prompt = "abcde".repeat(20_001).substring(3);
    try (GenerationSession session = new GenerationSession(network, LETTERS, 1)) {
      session.feed(prompt, UnknownSymbols.error());
      assertEquals(Arrays.stream(LETTERS.encode(prompt)).boxed().toList(), network.read);
      assertTrue(network.mostLogits <= 1_000 * LETTERS.size(), network.mostLogits + " logits");
      assertEquals("a", session.nextText(Sampler.unchanged()), "it goes on after the last piece");
    }
  }

  @Test
  void withoutAPromptReadsALineBreakIfThereIsOneAndElseTheFirstSymbol() {
    try (GenerationSession session = new GenerationSession(network, LETTERS, 1)) {
      session.feed("", UnknownSymbols.error());
      assertEquals("b", session.nextText(Sampler.unchanged()));
    }
    try (GenerationSession session =
        new GenerationSession(network, Vocabulary.codePointsOf("\t\nabc"), 1)) {
      assertEquals("a", session.nextText(Sampler.unchanged()));
    }
    assertEquals(List.of(0, 1, 1, 2), network.read);
  }

  @Test
  void aSamplerDoesNotSpoilTheLogitsOfTheNetwork() {
    Sampler banning = logits -> Arrays.fill(logits, 1, logits.length, Float.NEGATIVE_INFINITY);
    try (GenerationSession session = new GenerationSession(network, LETTERS, 1)) {
      session.feed("c", UnknownSymbols.error());
      assertEquals("a", session.nextText(banning));
      assertEquals("b", session.nextText(Sampler.unchanged()));
    }
  }

  /** Computed by another program, from the description of Philox and of the counters alone. */
  @Test
  void drawsWithTheRandomNumbersOfItsSeed() {
    Sampler fair = logits -> Arrays.fill(logits, 0);
    try (GenerationSession session = new GenerationSession(network, LETTERS, 0x0123456789abcdefL)) {
      StringBuilder text = new StringBuilder();
      for (int i = 0; i < 24; i++) {
        text.append(session.next(fair));
      }
      assertEquals("430041413040233321233101", text.toString());
    }
  }

  /** After symbol {@code v} it is all but certain of {@code v + 1}. */
  private static final class Successor implements Network {
    final List<Integer> read = new ArrayList<>();
    int mostLogits;
    boolean stateClosed;

    @Override
    public void forward(int[] inputs, int steps, NetworkState state, float[] logits) {
      int symbols = logits.length / steps;
      mostLogits = Math.max(mostLogits, logits.length);
      Arrays.fill(logits, 0);
      for (int t = 0; t < steps; t++) {
        read.add(inputs[t]);
        logits[t * symbols + (inputs[t] + 1) % symbols] = 100;
      }
    }

    @Override
    public NetworkState state(int rows) {
      return new NetworkState() {
        @Override
        public int rows() {
          return rows;
        }

        @Override
        public void reset() {}

        @Override
        public float[] hidden() {
          return new float[0];
        }

        @Override
        public float[] cell() {
          return new float[0];
        }

        @Override
        public void set(float[] hidden, float[] cell) {}

        @Override
        public void close() {
          stateClosed = true;
        }
      };
    }

    @Override
    public double loss(Batch batch, NetworkState state) {
      throw new UnsupportedOperationException();
    }

    @Override
    public StepResult gradients(
        Batch batch, NetworkState state, TrainingStep step, float[] gradients) {
      throw new UnsupportedOperationException();
    }

    @Override
    public StepResult train(Batch batch, NetworkState state, TrainingStep step) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Parameters parameters() {
      throw new UnsupportedOperationException();
    }

    @Override
    public OptimizerState optimizerState() {
      throw new UnsupportedOperationException();
    }

    @Override
    public void restore(OptimizerState optimizerState) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}
  }
}

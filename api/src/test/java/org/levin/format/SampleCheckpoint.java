package org.levin.format;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.levin.model.LstmArchitecture;
import org.levin.model.Parameters;
import org.levin.text.Source;
import org.levin.text.Vocabulary;
import org.levin.training.CheckpointInterval;
import org.levin.training.TrainingCorpus;
import org.levin.training.TrainingOptions;
import org.levin.training.TrainingState;
import org.levin.training.ValidationMetrics;

/** A checkpoint with values that a careless format would lose. */
public final class SampleCheckpoint {
  static final LstmArchitecture ARCHITECTURE = LstmArchitecture.of(2, 3);
  static final Vocabulary VOCABULARY = Vocabulary.codePointsOf("a\n𝄞\"");
  static final int ROWS = 5;
  private static final int STATE = ARCHITECTURE.layers() * ROWS * ARCHITECTURE.hiddenSize();

  private SampleCheckpoint() {}

  /** With patience, and so with a best model beside the last parameters. */
  public static CheckpointFile checkpoint() {
    return new CheckpointFile(
        new ModelFile(parameters(1, false), VOCABULARY, "any provenance"),
        parameters(2, false),
        parameters(3, false),
        parameters(4, true),
        values(STATE, 5, false),
        values(STATE, 6, false),
        state(OptionalInt.of(3)));
  }

  /** Without patience: the last parameters are the model's. */
  static CheckpointFile withoutPatience() {
    CheckpointFile sample = checkpoint();
    return new CheckpointFile(
        sample.model(),
        sample.model().parameters(),
        sample.firstMoment(),
        sample.secondMoment(),
        sample.hidden(),
        sample.cell(),
        state(OptionalInt.empty()));
  }

  static TrainingState state(OptionalInt patience) {
    TrainingOptions.Builder<TrainingOptions> options =
        TrainingOptions.builder()
            .architecture(ARCHITECTURE)
            .dropout(0.1 + 0.2)
            .epochs(3)
            .steps(40)
            .batchSize(ROWS)
            .sequenceLength(7)
            .learningRate(Double.MIN_VALUE)
            .clipNorm(Double.MAX_VALUE)
            .validateEvery(4)
            .seed(Long.MIN_VALUE);
    patience.ifPresent(options::patience);
    return new TrainingState(
        options.build(),
        new TrainingCorpus(
            List.of(
                new Source("a \"text\"\n.txt", Long.MAX_VALUE, "0".repeat(64)),
                new Source("text", 0, "f".repeat(64))),
            Long.MAX_VALUE,
            Long.MAX_VALUE - 7,
            7,
            "89abcdef",
            VOCABULARY.size(),
            VOCABULARY.fingerprint()),
        "a batcher, 5 rows of 7 steps",
        ROWS,
        17,
        40,
        9,
        Math.nextUp(1.0),
        List.of(
            new ValidationMetrics(4, 1, Double.MIN_VALUE, 0.1 + 0.7, true),
            new ValidationMetrics(8, 1, -0.0, Math.nextUp(0.1 + 0.7), false)),
        Optional.of("1".repeat(64)),
        List.of("other 2", "cpu 1"),
        CheckpointInterval.every(4));
  }

  private static Parameters parameters(int seed, boolean squares) {
    int count = (int) ARCHITECTURE.parameterCount(VOCABULARY.size());
    return Parameters.of(ARCHITECTURE, VOCABULARY.size(), values(count, seed, squares));
  }

  /** The edges of what is finite, and odd fractions. */
  private static float[] values(int count, int seed, boolean squares) {
    float[] edges = {
      -0f,
      0f,
      Float.MIN_VALUE,
      -Float.MIN_VALUE,
      Float.MIN_NORMAL / 3,
      Float.MAX_VALUE,
      -Float.MAX_VALUE,
      Math.nextUp(1f)
    };
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      float value = i < edges.length ? edges[i] : (i - 7) * seed / 3f;
      values[i] = squares ? Math.abs(value) : value;
    }
    return values;
  }
}

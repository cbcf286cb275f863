package org.levin.format;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.LogicalType;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.levin.internal.Arguments;
import org.levin.training.CheckpointInterval;
import org.levin.training.TrainingCorpus;
import org.levin.training.TrainingOptions;
import org.levin.training.TrainingState;
import org.levin.training.ValidationMetrics;

/**
 * Where a training stands as the JSON of a checkpoint's metadata. The values are those of records,
 * whose own checks hold for a file, too; no class is ever named by one.
 */
final class TrainingJson {
  private static final JsonMapper JSON =
      JsonMapper.builder(JsonFields.JSON)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .withCoercionConfig(
              LogicalType.Textual,
              texts ->
                  texts
                      .setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                      .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                      .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail))
          .defaultSetterInfo(JsonSetter.Value.forContentNulls(Nulls.FAIL))
          .build();

  private TrainingJson() {}

  /** The state in values that JSON has; {@code start} is empty where there is none. */
  private record Fields(
      Map<String, Object> options,
      TrainingCorpus corpus,
      String batcher,
      int rows,
      long stepsPerEpoch,
      long steps,
      long step,
      double trainingLoss,
      List<ValidationMetrics> validations,
      String start,
      List<String> engines,
      String checkpointEvery) {

    static Fields of(TrainingState state) {
      return new Fields(
          state.options().toMap(),
          state.corpus(),
          state.batcher(),
          state.rows(),
          state.stepsPerEpoch(),
          state.steps(),
          state.step(),
          state.trainingLoss(),
          state.validations(),
          state.start().orElse(""),
          state.engines(),
          state.interval().toString());
    }

    TrainingState toState() {
      return new TrainingState(
          TrainingOptions.fromMap(options),
          corpus,
          batcher,
          rows,
          stepsPerEpoch,
          steps,
          step,
          trainingLoss,
          validations,
          start.isEmpty() ? Optional.empty() : Optional.of(start),
          engines,
          CheckpointInterval.parse(checkpointEvery));
    }
  }

  static String write(TrainingState state) {
    try {
      return JSON.writeValueAsString(Fields.of(state));
    } catch (JsonProcessingException e) {
      throw new AssertionError("a text in memory", e);
    }
  }

  /**
   * Returns the state that is described.
   *
   * @throws DamagedFileException if it is none
   */
  static TrainingState read(Path file, String key, String json) throws DamagedFileException {
    try {
      Fields fields = JSON.readValue(json, Fields.class);
      Arguments.require(fields != null, "is null, not an object");
      return fields.toState();
    } catch (JsonProcessingException e) {
      throw damaged(file, key, e.getOriginalMessage(), e);
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw damaged(file, key, e.getMessage(), e);
    }
  }

  private static DamagedFileException damaged(
      Path file, String key, String problem, Exception cause) {
    return new DamagedFileException(file, "%s: %.500s".formatted(key, problem), cause);
  }
}

package org.levin.training;

import java.util.HashMap;
import java.util.Map;
import org.levin.internal.Arguments;
import org.levin.model.Initialization;
import org.levin.model.LstmArchitecture;

/** Options by name, as {@link TrainingOptions#toMap} gives them, on their way back. */
final class OptionValues {
  private final Map<String, Object> left;

  OptionValues(Map<String, ?> values) {
    left = new HashMap<>(values);
  }

  TrainingOptions toOptions() {
    TrainingOptions.Builder<TrainingOptions> builder =
        TrainingOptions.builder()
            .architecture(LstmArchitecture.of(integer("layers"), integer("hiddenSize")))
            .initialization(Initialization.labelled(text("initialization")))
            .dropout(real("dropout"))
            .epochs(integer("epochs"))
            .batchSize(integer("batchSize"))
            .sequenceLength(integer("sequenceLength"))
            .learningRate(real("learningRate"))
            .schedule(LearningRateSchedule.labelled(text("schedule")))
            .clipNorm(real("clipNorm"))
            .validation(real("validation"))
            .seed(whole("seed"));
    if (left.containsKey("steps")) {
      builder.steps(whole("steps"));
    }
    if (left.containsKey("validateEvery")) {
      builder.validateEvery(whole("validateEvery"));
    }
    if (left.containsKey("patience")) {
      builder.patience(integer("patience"));
    }
    Arguments.require(left.isEmpty(), "there are no options named %.200s", left.keySet());
    return builder.build();
  }

  private int integer(String name) {
    long value = whole(name);
    Arguments.require(value == (int) value, "%s is too large: %d", name, value);
    return (int) value;
  }

  private long whole(String name) {
    Object value = left.remove(name);
    Arguments.require(
        value instanceof Integer || value instanceof Long,
        "%s must be a whole number, but was %.200s",
        name,
        value);
    return ((Number) value).longValue();
  }

  private double real(String name) {
    Object value = left.remove(name);
    Arguments.require(value instanceof Number, "%s must be a number, but was %.200s", name, value);
    return ((Number) value).doubleValue();
  }

  private String text(String name) {
    Object value = left.remove(name);
    Arguments.require(value instanceof String, "%s must be a text, but was %.200s", name, value);
    return (String) value;
  }
}

package org.levin.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.levin.model.Initialization;
import org.levin.model.LstmArchitecture;

class TrainingOptionsTest {

  @Test
  void theDefaultsAreTheReferenceRecipe() {
    TrainingOptions expected =
        new TrainingOptions(
            LstmArchitecture.of(2, 512),
            Initialization.FAN_IN,
            0.5,
            5,
            OptionalLong.empty(),
            128,
            100,
            1e-3,
            LearningRateSchedule.CONSTANT,
            5,
            0.1,
            OptionalLong.empty(),
            OptionalInt.empty(),
            42,
            Optional.empty(),
            OptionalInt.empty());
    assertEquals(expected, TrainingOptions.defaults());
    assertEquals(expected, TrainingOptions.builder().build());
  }

  @Test
  void everySetterSetsItsOwnOption() {
    assertEquals(
        new TrainingOptions(
            LstmArchitecture.of(3, 7),
            Initialization.UNIFORM,
            0.25,
            6,
            OptionalLong.of(1L << 40),
            8,
            9,
            0.125,
            LearningRateSchedule.COSINE,
            10,
            0.75,
            OptionalLong.of(11),
            OptionalInt.of(12),
            -13,
            Optional.of("cpu"),
            OptionalInt.of(14)),
        everything().build());
  }

  @Test
  void listsWhatDecidesTheResultInOrder() {
    assertEquals(
        "{layers=3, hiddenSize=7, initialization=uniform, dropout=0.25, epochs=6, steps=1099511627776, batchSize=8, "
            + "sequenceLength=9, learningRate=0.125, schedule=cosine, clipNorm=10.0, "
            + "validation=0.75, validateEvery=11, patience=12, seed=-13}",
        everything().build().toMap().toString());
    Map<String, Object> defaults = TrainingOptions.defaults().toMap();
    assertEquals(
        List.of(
            "layers",
            "hiddenSize",
            "initialization",
            "dropout",
            "epochs",
            "batchSize",
            "sequenceLength",
            "learningRate",
            "schedule",
            "clipNorm",
            "validation",
            "seed"),
        List.copyOf(defaults.keySet()));
  }

  @Test
  void comesBackFromItsNamesButForEngineAndThreads() {
    TrainingOptions options = everything().build();
    TrainingOptions read = TrainingOptions.fromMap(options.toMap());
    assertEquals(options, read.toBuilder().engine("cpu").threads(14).build());
    assertEquals(
        TrainingOptions.defaults(), TrainingOptions.fromMap(TrainingOptions.defaults().toMap()));
    assertEquals(options, options.toBuilder().build());
  }

  @Test
  void namesTheOptionThatIsMissingUnknownOrOfAnotherKind() {
    refusesMap("seed must be a whole number, but was null", "seed", null);
    refusesMap("layers must be a whole number, but was 1.5", "layers", 1.5);
    refusesMap("layers is too large: 4294967298", "layers", (1L << 32) + 2);
    refusesMap("dropout must be a number, but was much", "dropout", "much");
    refusesMap("schedule must be a text, but was 1", "schedule", 1);
    refusesMap("there are no options named [colour]", "colour", "red");
    refusesMap("dropout must be at least 0 and below 1, but was 1.0", "dropout", 1);
  }

  private static void refusesMap(String message, String name, Object value) {
    Map<String, Object> map = new HashMap<>(TrainingOptions.defaults().toMap());
    map.put(name, value);
    if (value == null) {
      map.remove(name);
    }
    assertEquals(
        message,
        assertThrows(IllegalArgumentException.class, () -> TrainingOptions.fromMap(map))
            .getMessage());
  }

  @Test
  void namesEveryOptionThatIsOutOfRange() {
    for (double bad : new double[] {-0.1, 1, 1.5, Double.NaN}) {
      refuses("dropout must be at least 0 and below 1, but was " + bad, b -> b.dropout(bad));
      refuses("validation must be at least 0 and below 1, but was " + bad, b -> b.validation(bad));
    }
    for (double bad : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
      refuses(
          "learningRate must be a finite number above 0, but was " + bad, b -> b.learningRate(bad));
      refuses("clipNorm must be a finite number above 0, but was " + bad, b -> b.clipNorm(bad));
    }
    for (int bad : new int[] {0, -1, Integer.MIN_VALUE}) {
      String range = " must be at least 1, but was " + bad;
      refuses("epochs" + range, b -> b.epochs(bad));
      refuses("steps" + range, b -> b.steps(bad));
      refuses("batchSize" + range, b -> b.batchSize(bad));
      refuses("sequenceLength" + range, b -> b.sequenceLength(bad));
      refuses("validateEvery" + range, b -> b.validateEvery(bad));
      refuses("patience" + range, b -> b.patience(bad));
      refuses("threads" + range, b -> b.threads(bad));
    }
  }

  @Test
  void refusesPatienceWithNothingToLookAt() {
    refuses(
        "patience looks at the validation loss, but validation is 0; hold out a part of the text, or leave patience out",
        b -> b.validation(0).patience(1));
  }

  @Test
  void namesWhatIsMissing() {
    var architecture = TrainingOptions.builder().architecture(null);
    assertEquals(
        "architecture", assertThrows(NullPointerException.class, architecture::build).getMessage());
    var initialization = TrainingOptions.builder().initialization(null);
    assertEquals(
        "initialization",
        assertThrows(NullPointerException.class, initialization::build).getMessage());
    var schedule = TrainingOptions.builder().schedule(null);
    assertEquals(
        "schedule", assertThrows(NullPointerException.class, schedule::build).getMessage());
  }

  @Test
  void theBordersAreIn() {
    TrainingOptions smallest =
        TrainingOptions.builder()
            .dropout(0)
            .epochs(1)
            .steps(1)
            .batchSize(1)
            .sequenceLength(1)
            .validation(0)
            .validateEvery(1)
            .threads(1)
            .learningRate(Double.MIN_VALUE)
            .clipNorm(Double.MAX_VALUE)
            .build();
    assertEquals(OptionalInt.of(1), smallest.threads());
  }

  private static TrainingOptions.Builder<TrainingOptions> everything() {
    return TrainingOptions.builder()
        .architecture(LstmArchitecture.of(3, 7))
        .initialization(Initialization.UNIFORM)
        .dropout(0.25)
        .epochs(6)
        .steps(1L << 40)
        .batchSize(8)
        .sequenceLength(9)
        .learningRate(0.125)
        .schedule(LearningRateSchedule.COSINE)
        .clipNorm(10)
        .validation(0.75)
        .validateEvery(11)
        .patience(12)
        .seed(-13)
        .engine("cpu")
        .threads(14);
  }

  private static void refuses(
      String message, Consumer<TrainingOptions.Builder<TrainingOptions>> change) {
    var builder = TrainingOptions.builder();
    change.accept(builder);
    assertEquals(
        message, assertThrows(IllegalArgumentException.class, builder::build).getMessage());
  }
}

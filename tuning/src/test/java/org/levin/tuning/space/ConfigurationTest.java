package org.levin.tuning.space;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.levin.training.TrainingOptions;

/** Values on their way to the options of a training. */
class ConfigurationTest {
  private static final TrainingOptions BASE =
      TrainingOptions.builder().engine("cpu").threads(3).steps(7).patience(2).build();

  @Test
  void everyOptionThatCanBeSearchedComesThrough() {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("layers", 3);
    values.put("hiddenSize", 17L);
    values.put("initialization", "uniform");
    values.put("dropout", 0.25);
    values.put("batchSize", 5);
    values.put("sequenceLength", 6);
    values.put("learningRate", 0.5);
    values.put("schedule", "cosine");
    values.put("clipNorm", 9.5);
    values.put("seed", Long.MIN_VALUE);
    Map<String, Object> expected = BASE.toMap();
    expected.putAll(values);
    TrainingOptions options = new Configuration(values).applyTo(BASE);
    assertEquals(expected.toString(), options.toMap().toString());
    assertEquals(BASE.engine(), options.engine());
    assertEquals(BASE.threads(), options.threads());
    values.forEach(
        (name, value) -> SearchSpace.of(Parameter.fixed(name, value)).requireOptions(BASE));
  }

  @Test
  void nothingSearchedChangesNothing() {
    assertEquals(BASE, new Configuration(Map.of()).applyTo(BASE));
  }

  @ParameterizedTest
  @CsvSource({
    "hidden, 5, there is no option hidden",
    "engine, cpu, there is no option engine",
    "threads, 2, there is no option threads",
    "layers, 0, layers must be at least 1",
    "layers, 1.5, layers must be a whole number",
    "layers, two, layers must be a whole number",
    "hiddenSize, 2147483648, hiddenSize is too large",
    "dropout, 1, dropout must be at least 0 and below 1",
    "learningRate, 0, learningRate must be a finite number above 0",
    "learningRate, fast, learningRate must be a number",
    "clipNorm, -1, clipNorm must be",
    "schedule, 5, schedule must be a text",
    "schedule, linear, linear",
    "initialization, zero, zero",
  })
  void aWrongNameKindOrValueIsNamed(String name, String text, String reason) {
    Object value = Values.parse(text);
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> new Configuration(Map.of(name, value)).applyTo(BASE))
            .getMessage();
    assertTrue(message.contains(reason), message);
    SearchSpace space = SearchSpace.of(Parameter.choice(name, value));
    String refusal =
        assertThrows(IllegalArgumentException.class, () -> space.requireOptions(BASE)).getMessage();
    assertTrue(refusal.contains(reason), refusal);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "layers=0..2",
        "dropout=0..1",
        "dropout=0.5|1.5",
        "hiddenSize=1e2..1e3",
        "hiddenSize=64|64.5",
        "hiddenSize=1..4000000000/64",
        "learningRate=0..0.1",
        "schedule=constant|linear",
        "layers=1|2|0",
      })
  void aSpaceThatReachesBeyondWhatAnOptionTakesIsRefused(String text) {
    SearchSpace space = SearchSpace.parse(text);
    assertThrows(IllegalArgumentException.class, () -> space.requireOptions(BASE));
  }

  @Test
  void whatAllTrialsMustHaveInCommonCannotBeSearched() {
    for (String name :
        List.of(
            "epochs=1..5",
            "steps=10|20",
            "validation=0.1..0.2",
            "validateEvery=5",
            "patience=1..3")) {
      SearchSpace space = SearchSpace.parse("layers=1..2", name);
      String message =
          assertThrows(IllegalArgumentException.class, () -> space.requireOptions(BASE))
              .getMessage();
      assertTrue(message.contains(name.split("=")[0] + " cannot be searched"), message);
    }
  }

  @Test
  void onlyPlainValuesAreKept() {
    assertEquals(
        Map.of("a", 1L, "b", 0.5, "c", "x", "d", 0.0),
        new Configuration(Map.of("a", 1, "b", 0.5f, "c", "x", "d", -0.0)).values());
    for (Object value : List.of(true, 'c', List.of(1), Double.NaN, "a b")) {
      assertThrows(IllegalArgumentException.class, () -> new Configuration(Map.of("a", value)));
    }
    Map<String, Object> none = new java.util.HashMap<>();
    none.put("a", null);
    assertThrows(IllegalArgumentException.class, () -> new Configuration(none));
  }

  @Test
  void orderIsShownButDoesNotCount() {
    Map<String, Object> one = new LinkedHashMap<>();
    one.put("b", 1);
    one.put("a", 2);
    Configuration configuration = new Configuration(one);
    assertEquals("b=1 a=2", configuration.toString());
    assertEquals(new Configuration(Map.of("a", 2, "b", 1)), configuration);
  }
}

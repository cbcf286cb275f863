package org.levin.benchmarks.race;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class ResultTest {
  private static final Result RATES =
      new Result(
          "train-2x512",
          "characters/s",
          false,
          Map.of(
              Side.LEVIN, standing(6000, 3000, 6600),
              Side.LIBTORCH, standing(5000, 2000, 6000),
              Side.LEVIN_ONE_THREAD, standing(3000, 1500, 3000)),
          OptionalDouble.of(12_000));
  private static final Result TIMES =
      new Result(
          "start-up",
          "seconds",
          true,
          Map.of(Side.LEVIN, standing(0.5, 0.5), Side.LIBTORCH, standing(2, 3)),
          OptionalDouble.empty());
  private static final Result ALONE =
      new Result("encode", "MB/s", false, Map.of(Side.LEVIN, standing(90)), OptionalDouble.empty());

  private static Standing standing(double... values) {
    return new Standing(
        new Series(java.util.Arrays.stream(values).boxed().toList()), 2, OptionalDouble.of(100));
  }

  @Test
  void theMedianIsTheMiddleOrTheMeanOfTheTwoInTheMiddle() {
    assertEquals(2, new Series(List.of(9.0, 1.0, 2.0)).median());
    assertEquals(3, new Series(List.of(9.0, 1.0, 2.0, 4.0)).median());
    assertThrows(IllegalArgumentException.class, () -> new Series(List.of()));
  }

  @Test
  void ratiosPairRoundsAndAreAboveOneWhereLevinIsFaster() {
    assertEquals(1.2, RATES.ratios().orElseThrow().median(), 1e-9);
    assertEquals(List.of(4.0, 6.0), TIMES.ratios().orElseThrow().values());
    assertTrue(ALONE.ratios().isEmpty());
    assertEquals(2, RATES.speedups().orElseThrow().median());
  }

  @Test
  void theTableHasALineForEachResultAndForTheSingleThread() {
    List<String> lines = Table.of(List.of(RATES, TIMES, ALONE)).lines().toList();
    assertEquals(5, lines.size());
    assertTrue(lines.get(1).contains("6,000 (3,000..6,600)"), lines.get(1));
    assertTrue(lines.get(1).contains("1.20 (1.10..1.50)"), lines.get(1));
    assertTrue(lines.get(1).contains("50 %"), lines.get(1));
    assertTrue(lines.get(3).startsWith("start-up"), lines.get(3));
    assertTrue(lines.get(4).contains("-"), lines.get(4));
  }

  @Test
  void theJsonHasWhatReadersCountOn() throws IOException {
    String json =
        new ResultsJson()
            .of(
                new Machine("Linux", "a processor", 2, "a JVM", 0.1),
                new Limits(192, 101, 112, 43),
                "anna.txt",
                List.of(RATES, TIMES, ALONE));
    JsonNode root = new ObjectMapper().readTree(json);
    assertEquals(192, root.at("/machine/peakGflops").asDouble());
    assertEquals(112, root.at("/machine/bandwidthGBps").asDouble());
    JsonNode training = root.at("/results/0");
    assertEquals("train-2x512", training.get("name").asText());
    assertEquals(6000, training.get("levin").asDouble());
    assertEquals(5000, training.get("libtorch").asDouble());
    assertEquals(1.2, training.get("ratio").asDouble(), 1e-9);
    assertEquals(0.5, training.get("fractionOfLimit").asDouble());
    assertEquals(3, training.get("runs").asInt());
    assertEquals(2, training.get("threadsSpeedup").asDouble());
    assertTrue(root.at("/results/2/libtorch").isNull());
    assertTrue(root.at("/results/2/ratio").isNull());
  }

  /** 245 GFLOP a step of two layers of 512 units, batch 128, sequence 100, 83 symbols. */
  @Test
  void limitsFollowFromTheShape() {
    Limits limits = new Limits(192, 101, 112, 43);
    Shape shape = new Shape(2, 512, 128, 100);
    double step = shape.characters() / Task.TRAIN.limit(shape, 83, limits).orElseThrow();
    assertEquals(245.0 / 192, step, 0.01);
    assertEquals(3 * 10_032, Task.SCORE.limit(shape, 83, limits).orElseThrow(), 60);
    assertEquals(8_785, Task.GENERATE.limit(shape, 83, limits).orElseThrow(), 10);
    assertTrue(Task.ENCODE.limit(shape, 83, limits).isEmpty());
  }

  @Test
  void optionsNameContestsThatExist() {
    RaceOptions options = RaceOptions.of(List.of("--only", "encode", "--quick"));
    assertTrue(options.quick());
    assertTrue(options.wants("encode"));
    assertEquals(false, options.wants("start-up"));
    for (List<String> wrong :
        List.of(List.of("--only"), List.of("--only", "nothing"), List.of("--fast"))) {
      assertThrows(IllegalArgumentException.class, () -> RaceOptions.of(wrong));
    }
  }
}

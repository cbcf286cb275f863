package org.levin.tuning.space;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.levin.model.LstmArchitecture;
import org.levin.training.TrainingOptions;

/** What a training may cost, and what it costs. */
class RequirementTest {
  private static final int SYMBOLS = 77;
  private static final TrainingOptions BASE = TrainingOptions.defaults();
  private static final Requirement.Context CONTEXT =
      new Requirement.Context(BASE, OptionalInt.of(SYMBOLS));

  @Test
  void modelsHaveNoMoreParametersThanAllowed() {
    for (int layers = 1; layers <= 3; layers++) {
      for (int hidden : new int[] {1, 7, 64, 300}) {
        Configuration one = new Configuration(Map.of("layers", layers, "hiddenSize", hidden));
        long count = LstmArchitecture.of(layers, hidden).parameterCount(SYMBOLS);
        assertTrue(Requirement.parametersAtMost(count).holds(one, CONTEXT));
        assertFalse(Requirement.parametersAtMost(count - 1).holds(one, CONTEXT));
      }
    }
  }

  @Test
  void memoryCountsWhatIsNotSearchedToo() {
    Configuration small = new Configuration(Map.of("hiddenSize", 64));
    long bytes = Cost.bytes(small.applyTo(BASE), SYMBOLS);
    assertTrue(Requirement.memoryAtMost(bytes).holds(small, CONTEXT));
    assertFalse(Requirement.memoryAtMost(bytes - 1).holds(small, CONTEXT));
    for (Map<String, Object> more :
        java.util.List.<Map<String, Object>>of(
            Map.of("hiddenSize", 65),
            Map.of("hiddenSize", 64, "layers", 3),
            Map.of("hiddenSize", 64, "batchSize", BASE.batchSize() + 1),
            Map.of("hiddenSize", 64, "sequenceLength", BASE.sequenceLength() + 1))) {
      assertFalse(
          Requirement.memoryAtMost(bytes).holds(new Configuration(more), CONTEXT), more::toString);
    }
  }

  /** Measured: the heap used after a step, beyond that before the training. */
  @ParameterizedTest
  @CsvSource({
    "2, 512, 128, 100,   96, 0.5, 596473456",
    "2, 512, 128,  50,   96, 0.0, 314321152",
    "2, 512, 128,  20,   96, 0.5, 253516456",
    "2, 512,   2,   2,   50, 0.0, 122975088",
    "2, 128,  32,  64,   50, 0.5,  32880464",
    "2, 128,  32,  64,   50, 0.0,  28725024",
    "1, 128,  32,  64,   50, 0.5,  16954344",
    "3, 256,  64,  64,  100, 0.5, 216670576",
    "4,  64,  64,  64,   50, 0.5,  56065344",
    "2,  64,  32, 128, 2000, 0.2,  81830632",
    "1,  64,  16,  32,  100, 0.2,   3370072",
    "1, 256,  64, 200,  100, 0.0, 108685536",
  })
  void theMemoryOfATrainingIsAboutWhatTheCpuEngineTakes(
      int layers, int hidden, int rows, int steps, int symbols, double dropout, long measured) {
    TrainingOptions options =
        TrainingOptions.builder()
            .architecture(LstmArchitecture.of(layers, hidden))
            .batchSize(rows)
            .sequenceLength(steps)
            .dropout(dropout)
            .build();
    assertEquals(1, (double) Cost.bytes(options, symbols) / measured, 0.16);
  }

  @Test
  void sizesThatNoMachineHasDoNotOverflow() {
    TrainingOptions huge =
        TrainingOptions.builder()
            .architecture(LstmArchitecture.of(Integer.MAX_VALUE, Integer.MAX_VALUE))
            .batchSize(Integer.MAX_VALUE)
            .sequenceLength(Integer.MAX_VALUE)
            .build();
    assertEquals(Long.MAX_VALUE, Cost.parameters(huge, SYMBOLS));
    assertEquals(Long.MAX_VALUE, Cost.bytes(huge, SYMBOLS));
    assertTrue(Cost.operationsAStep(huge, SYMBOLS) > 1e30);
  }

  @Test
  void aBoundOnCostsNeedsAText() {
    Requirement requirement = Requirement.parametersAtMost(5);
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () ->
                    requirement.holds(
                        new Configuration(Map.of()),
                        new Requirement.Context(BASE, OptionalInt.empty())))
            .getMessage();
    assertEquals("parameters<=5 needs a text, whose symbols count", message);
  }

  @Test
  void aSpaceAllowsWhatKeepsToAllRequirements() {
    SearchSpace space =
        SearchSpace.parse("layers=1..9")
            .require(Requirement.of("odd", one -> (Long) one.values().get("layers") % 2 == 1))
            .require(Requirement.of("small", one -> (Long) one.values().get("layers") < 5));
    String allowed = "";
    for (int layers = 1; layers <= 9; layers++) {
      Configuration one = new Configuration(Map.of("layers", layers));
      allowed += space.allows(one, CONTEXT) ? layers + " " : "";
    }
    assertEquals("1 3 ", allowed);
    assertEquals("layers=1..9, odd, small", space.toString());
    assertThrows(IllegalArgumentException.class, () -> Requirement.of(" ", one -> true));
  }
}

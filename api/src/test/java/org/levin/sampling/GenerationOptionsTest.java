package org.levin.sampling;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class GenerationOptionsTest {
  @Test
  void eachMethodSetsItsOptionAlone() {
    GenerationOptions options =
        GenerationOptions.of(Sampler.topK(3)).length(7).seed(9).stopAt("a", "b");
    assertEquals(Sampler.topK(3), options.sampler());
    assertEquals(7, options.length());
    assertEquals(9, options.seed());
    assertEquals(List.of("a", "b"), options.stops());
    assertTrue(options.constraint().isEmpty());
    assertEquals(options, options.seed(1).seed(9));
    assertEquals(1000, GenerationOptions.defaults().length());
  }

  @Test
  void refusesWhatCannotBe() {
    GenerationOptions options = GenerationOptions.defaults();
    assertEquals(
        "length must be at least 0, but was -1",
        assertThrows(IllegalArgumentException.class, () -> options.length(-1)).getMessage());
    assertEquals(
        "a stop string must not be empty",
        assertThrows(IllegalArgumentException.class, () -> options.stopAt("a", "")).getMessage());
    assertThrows(IllegalArgumentException.class, () -> options.stopAt("a\ud83d"));
  }
}

package org.levin.engine.cuda.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResultLineTest {

  @Test
  void readsWhatWasWritten() {
    var result = ResultLine.object().put("loss", 1.5).put("bad", Double.NaN);
    var read = ResultLine.read("result\t" + result).orElseThrow();
    assertEquals(1.5, read.path("loss").asDouble());
    assertTrue(Double.isNaN(read.path("bad").asDouble()), "what is not finite is written so");
  }

  /** What Python writes of a loss that is not finite, and what is left of a process ended early. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"loss\": NaN}",
        "{\"loss\": -Infinity}",
        "{\"loss\": 1.5, \"char",
        "{\"loss\": 1.5}{\"loss\": 1.6}",
        "{\"loss\": 1.5} WARNING",
        "1.5",
        "[]",
        "null",
        ""
      })
  void tellsNoResultOfWhatCannotBeRead(String json) {
    assertTrue(ResultLine.isOne("result\t" + json));
    assertEquals(Optional.empty(), ResultLine.read("result\t" + json));
  }

  @Test
  void otherLinesTellNone() {
    assertFalse(ResultLine.isOne("the result\t{}"));
    assertEquals(Optional.empty(), ResultLine.read("result {}"));
  }
}

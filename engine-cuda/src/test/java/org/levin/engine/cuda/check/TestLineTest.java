package org.levin.engine.cuda.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TestLineTest {

  @Test
  void readsStartsAndEnds() {
    TestLine start = TestLine.read("testing\tA b()\t[id]").orElseThrow();
    assertFalse(start.ended());
    assertEquals("testing: A b()", start.toString());
    TestLine passed = TestLine.read("tested\tA b()\t\t[id]").orElseThrow();
    assertTrue(passed.ended());
    assertFalse(passed.failed());
    TestLine failed = TestLine.read("tested\tA b()\td2h5\t[id]").orElseThrow();
    assertEquals(new TestLine("A b()", "[id]", Optional.of("why")), failed);
    assertTrue(failed.failed());
    assertEquals("FAILED: A b()\nwhy", failed.toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "tested\t",
        "tested\tA b()",
        "tested\tA b()\td2h5",
        "tested\tA b()\td2h5d\t[id]",
        "tested\tA b()\t?\t[id]",
        "testing\t",
        "testing\tA b()"
      })
  void tellsNothingOfWhatCannotBeRead(String line) {
    assertTrue(TestLine.isOne(line));
    assertEquals(Optional.empty(), TestLine.read(line));
  }
}

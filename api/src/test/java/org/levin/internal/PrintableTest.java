package org.levin.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class PrintableTest {
  @Test
  void leavesWhatCanBeShown() {
    assertEquals("é \"𝄞\" \\", Printable.of("é \"𝄞\" \\", 8));
    assertEquals("", Printable.of("", 0));
  }

  @Test
  void replacesWhatATerminalWouldObey() {
    assertEquals("?[31m?????", Printable.of("\u001b[31m\u0085\n\u202e\u2028\ud800", 100));
  }

  @Test
  void cutsOffALongText() {
    assertEquals("abc...", Printable.of("abcd", 3));
    assertEquals("ab?...", Printable.of("ab𝄞", 3));
  }
}

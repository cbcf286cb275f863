package org.levin.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class TextDecoderTest {
  @Test
  void holdsBackBytesThatDoNotYetMakeACharacter() {
    TextDecoder decoder = Vocabulary.bytes().decoder();
    String[] expected = {"a", "", "\u00E9", "", "", "\u4E16", "", "", "", "\uD83D\uDE00", "b"};
    byte[] bytes = "a\u00E9\u4E16\uD83D\uDE00b".getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < bytes.length; i++) {
      assertEquals(expected[i], decoder.append(bytes[i] & 0xFF), "byte " + i);
    }
    assertEquals("", decoder.finish());
  }

  @Test
  void givesCodePointsAtOnceAndWhole() {
    Vocabulary vocabulary = Vocabulary.codePointsOf("a\uD83D\uDE00");
    TextDecoder decoder = vocabulary.decoder();
    assertEquals("\uD83D\uDE00", decoder.append(1));
    assertEquals("a", decoder.append(0));
    assertEquals("", decoder.finish());
  }

  @Test
  void replacesWhatCannotBecomeACharacter() {
    TextDecoder decoder = Vocabulary.bytes().decoder();
    assertEquals("", decoder.append(0xE4));
    assertEquals("\uFFFDa", decoder.append('a'));
    assertEquals("\uFFFD", decoder.append(0x80));
    assertEquals("", decoder.append(0xF0));
    assertEquals("", decoder.append(0x9F));
    assertEquals("\uFFFD", decoder.finish());
  }

  @Test
  void startsAnewAfterItsEnd() {
    TextDecoder decoder = Vocabulary.bytes().decoder();
    assertEquals("", decoder.append(0xC3));
    assertEquals("\uFFFD", decoder.finish());
    assertEquals("", decoder.append(0xC3));
    assertEquals("\u00E9", decoder.append(0xA9));
    assertEquals("", decoder.finish());
  }

  @Test
  void isAsBeforeAfterAnIdThatTheVocabularyLacks() {
    TextDecoder decoder = Vocabulary.bytes().decoder();
    assertEquals("", decoder.append(0xC3));
    assertThrows(IndexOutOfBoundsException.class, () -> decoder.append(256));
    assertEquals("\u00E9", decoder.append(0xA9));
  }
}

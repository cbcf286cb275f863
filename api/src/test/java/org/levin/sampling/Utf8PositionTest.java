package org.levin.sampling;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class Utf8PositionTest {

  /** Held against the first two bytes of all characters that there are. */
  @Test
  void allowsWhatBeginsACharacterAndNothingElse() {
    boolean[][] second = new boolean[256][256];
    boolean[] first = new boolean[256];
    for (int c = 0; c <= Character.MAX_CODE_POINT; c++) {
      if (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE) {
        continue;
      }
      byte[] bytes = Character.toString(c).getBytes(StandardCharsets.UTF_8);
      Utf8Position position = Utf8Position.BOUNDARY;
      for (int i = 0; i < bytes.length; i++) {
        position = position.after(bytes[i] & 0xFF);
      }
      assertEquals(Utf8Position.BOUNDARY, position);
      first[bytes[0] & 0xFF] = true;
      if (bytes.length > 1) {
        second[bytes[0] & 0xFF][bytes[1] & 0xFF] = true;
      }
    }
    boolean[] allowed = allowed(Utf8Position.BOUNDARY);
    for (int b = 0; b < 256; b++) {
      assertEquals(first[b], allowed[b], Integer.toHexString(b));
      if (first[b] && b >= 0x80) {
        boolean[] next = allowed(Utf8Position.BOUNDARY.after(b));
        assertTrue(Arrays.equals(second[b], next), Integer.toHexString(b));
      }
    }
  }

  @Test
  void whateverIsAllowedDecodes() throws CharacterCodingException {
    SplittableRandom random = new SplittableRandom(7);
    for (int round = 0; round < 2_000; round++) {
      ByteBuffer text = ByteBuffer.allocate(64);
      Utf8Position position = Utf8Position.BOUNDARY;
      while (text.remaining() > 4 || position.missing() > 0) {
        boolean[] allowed = allowed(position);
        int next = random.nextInt(256);
        if (allowed[next]) {
          text.put((byte) next);
          position = position.after(next);
        }
      }
      StandardCharsets.UTF_8.newDecoder().decode(text.flip());
    }
  }

  private static boolean[] allowed(Utf8Position position) {
    float[] logits = new float[256];
    position.mask(logits);
    boolean[] allowed = new boolean[256];
    for (int b = 0; b < 256; b++) {
      allowed[b] = logits[b] == 0;
    }
    return allowed;
  }
}

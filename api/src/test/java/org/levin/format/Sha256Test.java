package org.levin.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class Sha256Test {
  /** NIST's example for "abc" (FIPS 180-4). */
  private static final String ABC =
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

  @Test
  void givesThePublishedDigest() {
    byte[] abc = "abc".getBytes(StandardCharsets.US_ASCII);
    assertEquals(ABC, new Sha256().update(abc).hex());
  }

  @Test
  void takesPartsAlongAndStartsAnewAfterwards() {
    Sha256 digest = new Sha256();
    for (int round = 0; round < 2; round++) {
      digest.update(new byte[] {'a'}).update(ByteBuffer.wrap(new byte[] {'x', 'b', 'c'}, 1, 2));
      assertEquals(ABC, digest.hex());
    }
  }

  @Test
  void digestsTensorsAsLittleEndianNumbersInTheOrderOfTheirNames() {
    Tensor b = Tensor.of("b", new float[] {1, -0f, Float.intBitsToFloat(0x7fc12345)}, 3);
    Tensor a = Tensor.of("a", new float[] {2, 3}, 2);
    byte[] bytes = RawFile.floats(2, 3, 1, -0f, Float.intBitsToFloat(0x7fc12345));
    assertEquals(RawFile.sha256(bytes), Sha256.ofTensors(List.of(b, a)));
    assertEquals(RawFile.sha256(new byte[0]), Sha256.ofTensors(List.of()));
  }

  @Test
  void digestsEveryValueOfALargeTensor() {
    float[] values = new float[50_001];
    for (int i = 0; i < values.length; i++) {
      values[i] = i;
    }
    String digest = Sha256.ofTensors(List.of(Tensor.of("a", values, values.length)));
    assertEquals(RawFile.sha256(RawFile.floats(values)), digest);
    values[50_000] = 7;
    assertNotEquals(digest, Sha256.ofTensors(List.of(Tensor.of("a", values, values.length))));
  }
}

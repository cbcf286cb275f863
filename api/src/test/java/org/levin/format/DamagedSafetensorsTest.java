package org.levin.format;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DamagedSafetensorsTest {
  /** What a mutant of a header gets in place of a part of it. */
  private static final List<String> NONSENSE =
      List.of(
          "-1",
          "0",
          "1",
          "4",
          "2147483648",
          "4611686018427387904",
          "9223372036854775807",
          "18446744073709551616",
          "1e400",
          "0.5",
          "null",
          "true",
          "{}",
          "[]",
          "[[[[",
          "{\"",
          "\"",
          "}",
          "]",
          ",",
          ":",
          "\\",
          "\\u0000",
          "\"F16\"",
          "\"F32\"",
          "\"dtype\"",
          "\"shape\"",
          "\"data_offsets\"",
          "\"__metadata__\"",
          "\"levin.sha256\"",
          "\0",
          "\u00e9",
          " ");

  @TempDir Path folder;
  private byte[] sound;

  @BeforeEach
  void writeAFileOfLevin() throws IOException {
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put("levin.format", "1");
    metadata.put("levin.vocabulary", "{\"symbols\":\"ab\\n\"}");
    Path file = folder.resolve("sound.safetensors");
    Tensor weight = Tensor.of("fc.weight", new float[] {1, 2, 3, 4, 5, 6}, 3, 2);
    Tensor bias = Tensor.of("fc.bias", new float[] {-0f, Float.NaN, 9}, 3);
    new Safetensors(metadata, List.of(weight, bias)).write(file);
    sound = Files.readAllBytes(file);
  }

  @Test
  void readsTheFileThatTheOthersAreMadeOf() throws IOException {
    assertEquals(2, Safetensors.read(RawFile.write(folder, sound)).tensors().size());
  }

  @Test
  void noticesEveryTruncation() {
    for (int length = 0; length < sound.length; length++) {
      refuses("cut to " + length, Arrays.copyOf(sound, length));
    }
  }

  @Test
  void noticesEveryFlippedBit() {
    for (int bit = 0; bit < sound.length * 8; bit++) {
      byte[] altered = sound.clone();
      altered[bit / 8] ^= (byte) (1 << bit % 8);
      refuses("bit " + bit, altered);
    }
  }

  @Test
  void noticesWhatIsAppended() {
    for (int more = 1; more < 20; more++) {
      refuses(more + " bytes more", Arrays.copyOf(sound, sound.length + more));
    }
  }

  @Test
  void refusesMetadataOfLevinWithoutAValidDigest() {
    String digits = "0".repeat(64);
    refusesHeader("{'__metadata__':{'levin.format':'1'}}");
    refusesHeader("{'__metadata__':{'levin.format':'1','levin.sha256':'" + digits + "'}}");
    refusesHeader(
        "{'a':{'dtype':'F32','shape':[0],'data_offsets':[0,0]},"
            + "'__metadata__':{'levin.sha256':'"
            + digits
            + "'}}");
    refusesHeader("{'__metadata__':{'levin.sha256':''}}");
    refusesHeader("{'__metadata__':{'levin.sha256':'" + digits + "0'}}");
    refusesHeader("{'__metadata__':{'levin.sha256':'" + digits + "'}}");
    refusesHeader("{'__metadata__':{'levin\\u002esha256':'" + digits + "'}}");
  }

  @Test
  void comparesTheDigestExactly() throws IOException {
    String text = new String(sound, StandardCharsets.ISO_8859_1);
    String digits = text.substring(RawFile.SEAL, RawFile.SEAL + 64);
    String upper = text.replace(digits, digits.toUpperCase(Locale.ROOT));
    refuses("upper case", upper.getBytes(StandardCharsets.ISO_8859_1));
    assertArrayEquals(sound, RawFile.sealed(upper.getBytes(StandardCharsets.ISO_8859_1)));
  }

  /**
   * A mutant under a valid digest must be refused for what it is, or be a sound file of its own.
   */
  @Test
  void survivesEveryMutantThatBearsAValidDigest() throws IOException {
    long seed = 20260101;
    Random random = new Random(seed);
    int read = 0;
    for (int i = 0; i < 30_000; i++) {
      byte[] mutant = mutant(random);
      try {
        Safetensors content = Safetensors.read(RawFile.write(folder, mutant));
        if (read++ < 20) {
          Path again = folder.resolve("again");
          content.write(again);
          assertEquals(content, Safetensors.read(again), "seed " + seed + ", mutant " + i);
        }
      } catch (DamagedFileException expected) {
        assertTrue(expected.getMessage().length() < 2_000, "seed " + seed + ", mutant " + i);
      }
    }
    assertTrue(read > 100, "too few mutants are sound to prove anything: " + read);
  }

  private byte[] mutant(Random random) {
    int headerLength = Byte.toUnsignedInt(sound[0]) + 256 * Byte.toUnsignedInt(sound[1]);
    String header = new String(sound, 8, headerLength, StandardCharsets.UTF_8).strip();
    byte[] data = Arrays.copyOfRange(sound, 8 + headerLength, sound.length);
    int sealEnd = RawFile.SEAL - 8 + 64;
    for (int edits = random.nextInt(1, 4); edits > 0; edits--) {
      int from = random.nextInt(sealEnd, header.length());
      int to = Math.min(header.length(), from + random.nextInt(8));
      String part =
          switch (random.nextInt(4)) {
            case 0 -> "";
            case 1 -> NONSENSE.get(random.nextInt(NONSENSE.size()));
            case 2 -> header.substring(random.nextInt(header.length() - 8)).substring(0, 8);
            default -> Character.toString(random.nextInt(1, 128));
          };
      header = header.substring(0, from) + part + header.substring(to);
    }
    if (random.nextInt(4) == 0) {
      data = Arrays.copyOf(data, random.nextInt(data.length * 2));
    }
    return RawFile.sealed(RawFile.of(header, data));
  }

  private void refusesHeader(String header) {
    refuses(header, RawFile.of(header.replace('\'', '"')));
  }

  private void refuses(String what, byte[] bytes) {
    Path file = RawFile.write(folder, bytes);
    assertThrows(DamagedFileException.class, () -> Safetensors.read(file), what);
  }
}

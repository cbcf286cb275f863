package org.levin.format;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every truncation, bit flip and many mutants are tried by {@code org.levin.hostile}. */
class DamagedSafetensorsTest {
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

  private void refusesHeader(String header) {
    refuses(header, RawFile.of(header.replace('\'', '"')));
  }

  private void refuses(String what, byte[] bytes) {
    Path file = RawFile.write(folder, bytes);
    assertThrows(DamagedFileException.class, () -> Safetensors.read(file), what);
  }
}

package org.levin.format;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SafetensorsTest {
  private static final float QUIET_NAN = Float.intBitsToFloat(0x7fc12345);
  private static final float SIGNALLING_NAN = Float.intBitsToFloat(0xff812345);

  @TempDir Path folder;

  @Test
  void readsWhatItWroteBitForBit() throws IOException {
    float[] values = {
      0f, -0f, 1.5f, Float.MIN_VALUE, Float.NEGATIVE_INFINITY, QUIET_NAN, SIGNALLING_NAN
    };
    Safetensors written =
        new Safetensors(
            Map.of("note", "plain"),
            List.of(
                Tensor.of("z", values, 7, 1),
                Tensor.of("empty", new float[0], 3, 0, Integer.MAX_VALUE),
                Tensor.of("scalar", new float[] {42})));
    Safetensors read = Safetensors.read(write(written));
    assertEquals(written, read);
    assertArrayEquals(bits(values), bits(read.tensors().getFirst().values()));
  }

  @Test
  void keepsTheOrderOfTensorsAndMetadata() throws IOException {
    Map<String, String> metadata = new LinkedHashMap<>();
    List<Tensor> tensors = new ArrayList<>();
    for (String name : List.of("m", "a", "z", "B", "k0", "")) {
      metadata.put("key " + name, name);
      tensors.add(Tensor.of(name, new float[3], 3));
    }
    Safetensors read = Safetensors.read(write(new Safetensors(metadata, tensors)));
    assertEquals(List.copyOf(metadata.keySet()), List.copyOf(read.metadata().keySet()));
    assertEquals(tensors, read.tensors());
  }

  @Test
  void keepsEveryText() throws IOException {
    StringBuilder controls = new StringBuilder("\"\\/\u007f\u2028 ж 𝄞 \uffff");
    for (char c = 0; c < ' '; c++) {
      controls.append(c);
    }
    String text = controls.toString();
    Safetensors written =
        new Safetensors(
            Map.of(text, text, "levin.vocabulary", text),
            List.of(Tensor.of(text, new float[] {1}, 1)));
    assertEquals(written, Safetensors.read(write(written)));
  }

  @Test
  void keepsTensorsLargerThanAnyBuffer() throws IOException {
    float[] values = new float[100_003];
    for (int i = 0; i < values.length; i++) {
      values[i] = i;
    }
    Safetensors written =
        new Safetensors(
            Map.of("levin.format", "1"),
            List.of(Tensor.of("a", new float[] {7}, 1), Tensor.of("b", values, 100_003)));
    assertEquals(written, Safetensors.read(write(written)));
  }

  @Test
  void keepsNothingAtAll() throws IOException {
    Safetensors nothing = new Safetensors(Map.of(), List.of());
    Path file = write(nothing);
    assertEquals(nothing, Safetensors.read(file));
    assertEquals(Map.of(), NaiveSafetensors.header(Files.readAllBytes(file)));
  }

  @Test
  void isReadByAnIndependentParser() throws IOException {
    float[] values = {1, -0f, QUIET_NAN, SIGNALLING_NAN, 5, 6};
    Path file =
        write(
            new Safetensors(
                Map.of("levin.format", "1"),
                List.of(
                    Tensor.of("fc.weight", values, 2, 3),
                    Tensor.of("fc \"bias\" é", new float[] {9}, 1))));
    byte[] bytes = Files.readAllBytes(file);
    Map<?, ?> header = NaiveSafetensors.header(bytes);
    assertEquals(
        List.of("__metadata__", "fc.weight", "fc \"bias\" é"), List.copyOf(header.keySet()));
    assertEquals(
        Map.of("dtype", "F32", "shape", List.of(2L, 3L), "data_offsets", List.of(0L, 24L)),
        header.get("fc.weight"));
    assertEquals(
        Arrays.stream(bits(values)).boxed().toList(), NaiveSafetensors.bits(bytes, "fc.weight"));
    assertEquals(
        List.of(Float.floatToRawIntBits(9)), NaiveSafetensors.bits(bytes, "fc \"bias\" é"));
  }

  @Test
  void alignsTheValues() throws IOException {
    for (int length = 0; length < 17; length++) {
      Path file =
          write(
              new Safetensors(
                  Map.of("pad", "x".repeat(length)), List.of(Tensor.of("a", new float[2], 2))));
      assertEquals(0, Files.size(file) % 8);
    }
  }

  @Test
  void givesTheSameBytesForTheSameContent() throws IOException {
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put("levin.format", "1");
    metadata.put("levin.architecture", "{\"layers\":2}");
    Safetensors content =
        new Safetensors(metadata, List.of(Tensor.of("a", new float[] {1, 2, 3}, 3)));
    byte[] first = Files.readAllBytes(write(content));
    Path again = folder.resolve("again.safetensors");
    Safetensors.read(write(content)).write(again);
    assertArrayEquals(first, Files.readAllBytes(again));
  }

  @Test
  void sealsFilesOfLevinWithTheDigestOfTheWhole() throws IOException {
    Safetensors content =
        new Safetensors(
            Map.of("levin.format", "1"), List.of(Tensor.of("a", new float[] {1, 2}, 2)));
    byte[] bytes = Files.readAllBytes(write(content));
    assertArrayEquals(RawFile.sealed(bytes), bytes);
    Map<?, ?> metadata = (Map<?, ?>) NaiveSafetensors.header(bytes).get("__metadata__");
    assertEquals("levin.sha256", metadata.keySet().iterator().next());
    assertEquals(Map.of("levin.format", "1"), Safetensors.read(write(content)).metadata());
  }

  @Test
  void leavesPlainFilesUnsealed() throws IOException {
    byte[] bytes = Files.readAllBytes(write(new Safetensors(Map.of("levin", "x"), List.of())));
    assertEquals(Map.of("levin", "x"), NaiveSafetensors.header(bytes).get("__metadata__"));
  }

  @Test
  void readsWhatThePythonLibraryWrites() throws IOException {
    String header =
        "{\"__metadata__\":{\"format\":\"pt\"},"
            + "\"fc.bias\":{\"dtype\":\"F32\",\"shape\":[3],\"data_offsets\":[0,12]},"
            + "\"fc.weight\":{\"dtype\":\"F32\",\"shape\":[3,2],\"data_offsets\":[12,36]}}     ";
    Path file =
        RawFile.write(folder, RawFile.of(header, RawFile.floats(1, 2, 3, 4, 5, 6, 7, 8, 9)));
    Safetensors read = Safetensors.read(file);
    assertEquals(Map.of("format", "pt"), read.metadata());
    assertEquals(
        List.of(
            Tensor.of("fc.bias", new float[] {1, 2, 3}, 3),
            Tensor.of("fc.weight", new float[] {4, 5, 6, 7, 8, 9}, 3, 2)),
        read.tensors());
    assertEquals(Tensor.of("fc.bias", new float[] {1, 2, 3}, 3), read.tensor("fc.bias").get());
    assertTrue(read.tensor("fc").isEmpty());
  }

  @Test
  void readsTensorsInTheOrderOfTheirValuesWhateverTheHeadersOrder() throws IOException {
    String header =
        " {\"b\" : {\"data_offsets\":[4,8], \"shape\":[], \"dtype\":\"F32\"},\n"
            + "\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}\t";
    Path file = RawFile.write(folder, RawFile.of(header.strip(), RawFile.floats(1, 2)));
    assertEquals(
        List.of(Tensor.of("a", new float[] {1}, 1), Tensor.of("b", new float[] {2})),
        Safetensors.read(file).tensors());
  }

  @Test
  void refusesToWriteWhatItCouldNotRead() {
    Tensor tensor = Tensor.of("a", new float[1], 1);
    assertThrows(
        IllegalArgumentException.class, () -> new Safetensors(Map.of(), List.of(tensor, tensor)));
    assertThrows(
        IllegalArgumentException.class,
        () -> new Safetensors(Map.of("levin.sha256", "0"), List.of()));
    assertThrows(
        IllegalArgumentException.class,
        () -> write(new Safetensors(Map.of("half", "\ud834"), List.of())));
    assertThrows(
        IllegalArgumentException.class,
        () -> write(new Safetensors(Map.of("long", "x".repeat(100_000_000)), List.of())));
  }

  private Path write(Safetensors content) throws IOException {
    Path file = folder.resolve("file.safetensors");
    content.write(file);
    return file;
  }

  private static int[] bits(float[] values) {
    int[] bits = new int[values.length];
    for (int i = 0; i < bits.length; i++) {
      bits[i] = Float.floatToRawIntBits(values[i]);
    }
    return bits;
  }
}

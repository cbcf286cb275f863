package org.levin.format;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterProperty;
import net.jqwik.api.lifecycle.BeforeProperty;

/** What holds for every content of a safetensors file. */
class SafetensorsPropertyTest {
  private Path folder;

  @BeforeProperty
  void makeAFolder() throws IOException {
    folder = Files.createTempDirectory("safetensors-property-");
  }

  @AfterProperty
  void deleteTheFolder() throws IOException {
    Files.deleteIfExists(file());
    Files.delete(folder);
  }

  private Path file() {
    return folder.resolve("file.safetensors");
  }

  private byte[] written(Safetensors content) throws IOException {
    content.write(file());
    return Files.readAllBytes(file());
  }

  /** Texts with what JSON must escape, and what it need not. */
  private static Arbitrary<String> texts() {
    return Arbitraries.oneOf(
            Arbitraries.of(0x22, 0x5C, 0x2F, 0x7B, 0x7D, 0, 0xA, 0x1F, 0x7F, 0x2028, 0x1F600),
            Arbitraries.integers().between(0x20, 0x7E),
            Arbitraries.integers().between(0, 0xD7FF),
            Arbitraries.integers().between(0xE000, 0x10FFFF))
        .list()
        .ofMaxSize(8)
        .map(all -> all.stream().map(Character::toString).collect(Collectors.joining()));
  }

  /** Any bits, among them quiet and signalling NaN. */
  private static Arbitrary<Float> values() {
    return Arbitraries.oneOf(
            Arbitraries.of(0x80000000, 1, 0x7F800000, 0x7FC12345, 0xFF812345),
            Arbitraries.integers().between(Integer.MIN_VALUE, Integer.MAX_VALUE))
        .map(Float::intBitsToFloat);
  }

  /** Scalars, vectors and matrices, among them empty ones. */
  private static Arbitrary<Tensor> tensors() {
    Arbitrary<List<Integer>> shapes = Arbitraries.integers().between(0, 4).list().ofMaxSize(3);
    Arbitrary<Tensor> tensors =
        Combinators.combine(texts(), shapes, values().list().ofSize(64))
            .as(
                (name, shape, numbers) -> {
                  float[] some = new float[shape.stream().reduce(1, (a, b) -> a * b)];
                  for (int i = 0; i < some.length; i++) {
                    some[i] = numbers.get(i);
                  }
                  return new Tensor("t" + name, shape, some);
                });
    return tensors;
  }

  /** At random only: the borders of so many parts would be all that is tried. */
  @Provide
  Arbitrary<Safetensors> contents() {
    Arbitrary<Map<String, String>> metadata =
        Arbitraries.maps(texts(), texts()).ofMaxSize(3).map(LinkedHashMap::new);
    Arbitrary<List<Tensor>> tensors = tensors().list().uniqueElements(Tensor::name).ofMaxSize(4);
    return Combinators.combine(metadata, tensors, Arbitraries.of(true, false))
        .as(
            (texts, all, ofLevin) -> {
              Map<String, String> more = new LinkedHashMap<>(texts);
              if (ofLevin) {
                more.put("levin.format", "1");
              }
              return new Safetensors(more, all);
            })
        .withoutEdgeCases();
  }

  @Property(seed = "20260101", tries = 300)
  void whatIsWrittenIsReadBitForBitAndInOrder(@ForAll("contents") Safetensors content)
      throws IOException {
    written(content);
    Safetensors read = Safetensors.read(file());
    assertEquals(content, read);
    assertEquals(
        List.copyOf(content.metadata().entrySet()), List.copyOf(read.metadata().entrySet()));
    for (int i = 0; i < content.tensors().size(); i++) {
      assertArrayEquals(bits(content.tensors().get(i)), bits(read.tensors().get(i)));
    }
  }

  private static int[] bits(Tensor tensor) {
    float[] values = tensor.values();
    return IntStream.range(0, values.length).map(i -> Float.floatToRawIntBits(values[i])).toArray();
  }

  @Property(seed = "20260101", tries = 300)
  void anIndependentParserReadsTheSame(@ForAll("contents") Safetensors content) throws IOException {
    byte[] bytes = written(content);
    Map<?, ?> header = NaiveSafetensors.header(bytes);
    Map<?, ?> metadata = (Map<?, ?>) header.get("__metadata__");
    Map<Object, Object> own = metadata == null ? Map.of() : new LinkedHashMap<>(metadata);
    if (content.metadata().containsKey("levin.format")) {
      assertArrayEquals(RawFile.sealed(bytes), bytes, "the digest is that of the file");
      own.remove("levin.sha256");
    }
    assertEquals(content.metadata(), own);
    List<Object> names = new ArrayList<>(header.keySet());
    names.remove("__metadata__");
    assertEquals(content.tensors().stream().map(Tensor::name).toList(), names);
    long begin = 0;
    for (Tensor tensor : content.tensors()) {
      long end = begin + 4L * tensor.values().length;
      Map<?, ?> entry = (Map<?, ?>) header.get(tensor.name());
      assertEquals("F32", entry.get("dtype"));
      assertEquals(tensor.shape().stream().map(Integer::longValue).toList(), entry.get("shape"));
      assertEquals(List.of(begin, end), entry.get("data_offsets"), "without gap or overlap");
      assertEquals(
          IntStream.of(bits(tensor)).boxed().toList(), NaiveSafetensors.bits(bytes, tensor.name()));
      begin = end;
    }
  }

  @Property(seed = "20260101", tries = 200)
  void theSameContentGivesTheSameAlignedBytes(@ForAll("contents") Safetensors content)
      throws IOException {
    byte[] bytes = written(content);
    assertArrayEquals(bytes, written(Safetensors.read(file())));
    long values = content.tensors().stream().mapToLong(tensor -> tensor.values().length).sum();
    assertEquals(0, (bytes.length - 4 * values) % 8, "the values begin at a multiple of 8");
  }

  /** Others write the header in any order and the values in any other. */
  @Property(seed = "20260101", tries = 300)
  void theOrderOfTheHeaderDoesNotMatter(
      @ForAll("contents") Safetensors content, @ForAll @IntRange(max = 23) int turn)
      throws IOException {
    List<String> entries = new ArrayList<>();
    byte[] data = {};
    for (Tensor tensor : content.tensors()) {
      byte[] values = RawFile.floats(tensor.values());
      int begin = data.length;
      data = Arrays.copyOf(data, begin + values.length);
      System.arraycopy(values, 0, data, begin, values.length);
      entries.add(
          "\"%s\" : {\"shape\":%s, \"data_offsets\":[%d,%d], \"dtype\":\"F32\"}"
              .formatted(escaped(tensor.name()), tensor.shape(), begin, data.length));
    }
    Collections.rotate(entries, turn);
    RawFile.write(folder, RawFile.of("{" + String.join(",\n", entries) + "}", data));
    Safetensors read = Safetensors.read(file());
    assertEquals(values(content.tensors()), values(read.tensors()));
    for (Tensor tensor : content.tensors()) {
      assertEquals(tensor, read.tensor(tensor.name()).get());
    }
  }

  private static String escaped(String text) {
    return text.chars().mapToObj("\\u%04x"::formatted).collect(Collectors.joining());
  }

  /** All values, whatever tensors they are of: empty tensors have no place among the others. */
  private static List<Integer> values(List<Tensor> tensors) {
    return tensors.stream().flatMapToInt(tensor -> IntStream.of(bits(tensor))).boxed().toList();
  }

  @Property(seed = "20260101", tries = 300)
  void aDamagedByteOfASealedFileIsNoticed(
      @ForAll("contents") Safetensors content,
      @ForAll @IntRange(max = 1 << 20) int place,
      @ForAll @IntRange(min = 1, max = 255) int difference)
      throws IOException {
    Map<String, String> metadata = new LinkedHashMap<>(content.metadata());
    metadata.put("levin.format", "1");
    byte[] bytes = written(new Safetensors(metadata, content.tensors()));
    bytes[place % bytes.length] ^= (byte) difference;
    RawFile.write(folder, bytes);
    assertThrows(DamagedFileException.class, () -> Safetensors.read(file()));
  }
}

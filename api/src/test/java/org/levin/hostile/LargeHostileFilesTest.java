package org.levin.hostile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.ThrowingSupplier;
import org.junit.jupiter.api.io.TempDir;
import org.levin.corpus.Corpus;
import org.levin.corpus.CorpusEncoder;
import org.levin.format.DamagedFileException;
import org.levin.format.ModelFile;
import org.levin.format.PyTorchWeights;
import org.levin.format.RawFile;
import org.levin.format.Safetensors;
import org.levin.format.Sha256;
import org.levin.format.VocabularyFile;
import org.levin.model.Initialization;
import org.levin.model.LstmArchitecture;
import org.levin.provenance.ModelProvenances;
import org.levin.text.Vocabulary;

/**
 * Files that are large, or say that they are, in a heap of 256 MB: read, or refused with an error
 * that says why, and never an {@link OutOfMemoryError}.
 */
@Tag("hostile")
@Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LargeHostileFilesTest {
  private static final long MEGABYTE = 1 << 20;
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  @TempDir Path folder;

  @Test
  void aSoundModelTakesTwiceItsSize() throws IOException {
    Vocabulary vocabulary = Vocabulary.codePoints(IntStream.range('A', 'A' + 90).toArray());
    var parameters =
        Initialization.UNIFORM.parameters(LstmArchitecture.of(2, 256), vocabulary.size(), 1);
    Path file = folder.resolve("model");
    new ModelFile(parameters, vocabulary, "any text").write(file);
    assertTakes(2 * Files.size(file) + MEGABYTE, () -> ModelFile.read(file));
    new Safetensors(Map.of(), ModelFile.tensors(parameters)).write(file);
    assertTakes(
        2 * Files.size(file) + MEGABYTE, () -> PyTorchWeights.read(file, vocabulary.size()));
    assertTakes(Files.size(file) + MEGABYTE, () -> Safetensors.read(file));
  }

  @Test
  void aSoundCorpusTakesNextToNothing() throws IOException {
    Path file = folder.resolve("corpus");
    CorpusEncoder.of("abc\n".repeat(2_000_000)).encodeTo(file);
    assertTakes(
        MEGABYTE,
        () -> {
          try (Corpus corpus = Corpus.open(file)) {
            corpus.verify();
            return corpus.size();
          }
        });
  }

  @Test
  void tensorsThatFillTheHeapAreRefused() throws IOException {
    long heap = Runtime.getRuntime().maxMemory();
    for (long elements : new long[] {heap / 4 - 1_000, heap / 4 + 1, 1L << 38}) {
      String header =
          "{\"a\":{\"dtype\":\"F32\",\"shape\":[%d],\"data_offsets\":[0,%d]}}"
              .formatted(elements, elements * 4);
      Path file = sparse(RawFile.of(header), 8 + header.length() + elements * 4);
      refusesForLackOfMemory(() -> Safetensors.read(file));
    }
  }

  /** None is too large by itself, and the last finds no room. */
  @Test
  void manyTensorsThatFillTheHeapAreRefused() throws IOException {
    long each = Runtime.getRuntime().maxMemory() / 400 * 4;
    String header =
        IntStream.range(0, 99)
            .mapToObj(
                i ->
                    "\"%d\":{\"dtype\":\"F32\",\"shape\":[%d],\"data_offsets\":[%d,%d]}"
                        .formatted(i, each / 4, i * each, (i + 1) * each))
            .collect(Collectors.joining(",", "{", "}"));
    Path file = sparse(RawFile.of(header), 8 + header.length() + 99 * each);
    refusesForLackOfMemory(() -> Safetensors.read(file));
  }

  @Test
  void aHeaderThatFillsTheHeapIsRefused() throws IOException {
    Path file = header("{\"__metadata__\":{\"a\":\"", "x", 60_000_000, "\"}}");
    refusesForLackOfMemory(() -> Safetensors.read(file));
    refusesForLackOfMemory(() -> ModelFile.read(file));
  }

  @Test
  void aLongHeaderIsRead() throws IOException {
    Path file = header("{\"__metadata__\":{\"a\":\"", "é", 15_000_000, "\"}}");
    assertEquals(15_000_000, Safetensors.read(file).metadata().get("a").length());
  }

  @Test
  void aHeaderOfCountlessNamesIsRefused() throws IOException {
    String names =
        IntStream.range(0, 1_000_000)
            .mapToObj(i -> "\"" + i + "\":\"\"")
            .collect(Collectors.joining(","));
    Path metadata = header("{\"__metadata__\":{", names, 1, "}}");
    assertThrows(DamagedFileException.class, () -> Safetensors.read(metadata));
    String tensors =
        IntStream.range(0, 300_000)
            .mapToObj(
                i ->
                    "\"lstm.weight_ih_l"
                        + i
                        + "\":{\"dtype\":\"F32\",\"shape\":[0,1],\"data_offsets\":[0,0]}")
            .collect(Collectors.joining(","));
    Path weights = header("{", tensors, 1, "}");
    assertThrows(DamagedFileException.class, () -> PyTorchWeights.read(weights, 2));
  }

  /** Each name is looked up once, not among all others. */
  @Test
  void aNetworkOfCountlessLayersIsRefusedSoon() throws IOException {
    String tensors =
        IntStream.range(0, 100_000)
            .mapToObj(
                i ->
                    "\"lstm.weight_ih_l"
                        + i
                        + "\":{\"dtype\":\"F32\",\"shape\":[0,1],\"data_offsets\":[0,0]}")
            .collect(Collectors.joining(","));
    Path weights = header("{", tensors, 1, "}");
    long start = System.nanoTime();
    assertThrows(DamagedFileException.class, () -> PyTorchWeights.read(weights, 2));
    assertTrue(System.nanoTime() - start < TimeUnit.SECONDS.toNanos(20));
  }

  @Test
  void aVocabularyOfMoreSymbolsThanThereAreIsRefused() throws IOException {
    String start =
        "{\"__metadata__\":{\"levin.sha256\":\"%s\",\"levin.format\":\"1\",\"levin.architecture\":%s,\"levin.vocabulary\":\"{\\\"type\\\":\\\"code-points\\\",\\\"fingerprint\\\":\\\"\\\",\\\"symbols\\\":["
            .formatted(
                "0".repeat(64),
                SafetensorsDraft.text(
                    "{\"type\":\"lstm\",\"layers\":1,\"hiddenSize\":1,\"vocabularySize\":2}"));
    for (String element : new String[] {"\\\"a\\\"", "0", "[]", "\\\"\ud83d\ude00\\\""}) {
      Path file =
          header(start, element + ",", 1_200_000, element + "]}\",\"levin.provenance\":\"\"}}");
      seal(file);
      DamagedFileException refusal =
          assertThrows(DamagedFileException.class, () -> ModelFile.read(file));
      assertTrue(refusal.getMessage().contains("levin.vocabulary"), refusal.getMessage());
    }
  }

  private static void seal(Path file) throws IOException {
    String digest = Sha256.ofFile(file);
    try (RandomAccessFile sealed = new RandomAccessFile(file.toFile(), "rw")) {
      sealed.seek(RawFile.SEAL);
      sealed.write(digest.getBytes(StandardCharsets.US_ASCII));
    }
  }

  @Test
  void aVocabularyFileWithoutEndIsRefused() throws IOException {
    Path endless = sparse(new byte[] {'{', '"', 'a', '"', ':', '0', ' '}, 3L << 30);
    assertThrows(DamagedFileException.class, () -> VocabularyFile.read(endless));
    Path blank = folder.resolve("blank");
    try (OutputStream out = Files.newOutputStream(blank)) {
      byte[] spaces = " ".repeat(1 << 20).getBytes(StandardCharsets.US_ASCII);
      for (int i = 0; i < 80; i++) {
        out.write(spaces);
      }
    }
    assertThrows(DamagedFileException.class, () -> VocabularyFile.read(blank));
  }

  @Test
  void aVocabularyFileOfEveryCharacterIsRead() throws IOException {
    int[] all =
        IntStream.rangeClosed(' ', Character.MAX_CODE_POINT)
            .filter(c -> c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE)
            .filter(c -> c != '"' && c != '\\')
            .toArray();
    StringBuilder json = new StringBuilder("{");
    for (int id = 0; id < all.length; id++) {
      json.append(id == 0 ? "\"" : ",\"").appendCodePoint(all[id]).append("\":").append(id);
    }
    Path file = Files.writeString(folder.resolve("vocabulary"), json.append('}'));
    assertEquals(all.length, VocabularyFile.read(file).size());
  }

  @Test
  void aProvenanceOfCountlessObjectsIsRefused() {
    for (String part : new String[] {"{},", "[],", "{\"a\":[0,0]},", "7,"}) {
      String json = "[" + part.repeat((1 << 24) / part.length() - 2) + "{}]";
      assertThrows(IllegalArgumentException.class, () -> ModelProvenances.fromJson(json));
    }
  }

  @Test
  void aSparseCorpusOfTerabytesIsRefused() throws IOException {
    byte[] sound = HostileReaders.corpus().sound();
    for (long size : new long[] {3L << 30, 1L << 42}) {
      Path file = sparse(sound, size);
      try (RandomAccessFile end = new RandomAccessFile(file.toFile(), "rw")) {
        end.seek(size - 10);
        for (int footerLength : new int[] {60_000_000, Integer.MAX_VALUE, 1 << 30, -1}) {
          ByteBuffer tail = ByteBuffer.allocate(10).order(ByteOrder.LITTLE_ENDIAN);
          end.seek(size - 10);
          end.write(tail.putInt(footerLength).put("ARROW1".getBytes()).array());
          assertThrows(DamagedFileException.class, () -> Corpus.open(file));
        }
      }
    }
  }

  @Test
  void aFooterOfManyEntriesIsRead() throws IOException {
    CorpusDraft draft = CorpusDraft.of("abba", Vocabulary.codePointsOf("ab"));
    for (int i = 0; i < 100_000; i++) {
      draft.footerMetadata.add(new CorpusDraft.Entry("x" + i, ""));
    }
    Path file = Files.write(folder.resolve("corpus"), draft.toBytes());
    try (Corpus corpus = Corpus.open(file)) {
      assertEquals(4, corpus.size());
    }
  }

  private static <T> void assertTakes(long most, ThrowingSupplier<T> reading) {
    try {
      reading.get();
      long before = THREADS.getCurrentThreadAllocatedBytes();
      reading.get();
      long taken = THREADS.getCurrentThreadAllocatedBytes() - before;
      assertTrue(taken <= most, () -> "took %,d bytes of %,d".formatted(taken, most));
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
  }

  private static void refusesForLackOfMemory(ThrowingSupplier<?> reading) {
    IOException refusal = assertThrows(IOException.class, reading::get);
    assertTrue(refusal.getMessage().contains("give it more with -Xmx"), refusal.getMessage());
  }

  /** Writes a file of which nothing but the start takes room on the disk. */
  private Path sparse(byte[] start, long size) throws IOException {
    Path file = folder.resolve("sparse");
    Files.deleteIfExists(file);
    Files.write(file, start);
    try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
      sparse.setLength(size);
    }
    return file;
  }

  /** Writes a file without values, a part of its header many times over. */
  private Path header(String start, String part, int times, String end) throws IOException {
    Path file = folder.resolve("header");
    byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
    byte[] last = end.getBytes(StandardCharsets.UTF_8);
    long length = start.length() + (long) bytes.length * times + last.length;
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
      out.write(ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(length).array());
      out.write(start.getBytes(StandardCharsets.US_ASCII));
      for (int i = 0; i < times; i++) {
        out.write(bytes);
      }
      out.write(last);
    }
    return file;
  }
}

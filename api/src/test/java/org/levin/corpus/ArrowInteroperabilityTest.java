package org.levin.corpus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VarBinaryVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.dictionary.DictionaryEncoder;
import org.apache.arrow.vector.ipc.ArrowFileReader;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.levin.text.Vocabulary;

/** Arrow's own reader finds the characters of the text. */
class ArrowInteroperabilityTest {
  @TempDir Path folder;

  private Path encoded(CorpusEncoder encoder) throws IOException {
    Path file = folder.resolve("corpus.arrow");
    encoder.encodeTo(file);
    return file;
  }

  @ParameterizedTest
  @ValueSource(ints = {83, 300, 40_000})
  void arrowReadsTheCharacters(int vocabularySize) throws IOException {
    int[] symbols =
        IntStream.range(0x4E00, 0x4E00 + vocabularySize)
            .filter(c -> c < 0xD800 || c > 0xDFFF)
            .toArray();
    String all = new String(symbols, 0, symbols.length);
    String text = new StringBuilder(all).reverse() + "\uD83D\uDE00" + all;
    Path file = encoded(CorpusEncoder.of(text));
    try (BufferAllocator allocator = new RootAllocator();
        FileChannel channel = FileChannel.open(file);
        ArrowFileReader reader = new ArrowFileReader(channel, allocator)) {
      Field field = reader.getVectorSchemaRoot().getSchema().getFields().getFirst();
      assertEquals("token", field.getName());
      assertFalse(field.isNullable());
      assertEquals(1, reader.getRecordBlocks().size());
      assertTrue(reader.loadNextBatch());
      FieldVector ids = reader.getVectorSchemaRoot().getVector(0);
      StringBuilder read = new StringBuilder();
      try (VarCharVector characters =
          (VarCharVector) DictionaryEncoder.decode(ids, reader.lookup(0))) {
        for (int i = 0; i < characters.getValueCount(); i++) {
          read.append(new String(characters.get(i), StandardCharsets.UTF_8));
        }
      }
      assertEquals(text, read.toString());
      assertFalse(reader.loadNextBatch());
    }
  }

  @Test
  void arrowReadsSeveralRecordBatchesOfBytes() throws IOException {
    byte[] bytes = new byte[CorpusLayout.BATCH_TOKENS + 5];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) ('a' + i % 23);
    }
    Path file =
        encoded(
            CorpusEncoder.of(new String(bytes, StandardCharsets.US_ASCII))
                .vocabulary(Vocabulary.bytes()));
    try (BufferAllocator allocator = new RootAllocator();
        FileChannel channel = FileChannel.open(file);
        ArrowFileReader reader = new ArrowFileReader(channel, allocator)) {
      int position = 0;
      while (reader.loadNextBatch()) {
        FieldVector ids = reader.getVectorSchemaRoot().getVector(0);
        assertEquals(new ArrowType.Int(16, true), ids.getField().getType());
        try (VarBinaryVector symbols =
            (VarBinaryVector) DictionaryEncoder.decode(ids, reader.lookup(0))) {
          for (int i = 0; i < symbols.getValueCount(); i++) {
            assertEquals(1, symbols.get(i).length);
            assertEquals(bytes[position], symbols.get(i)[0]);
            position++;
          }
        }
      }
      assertEquals(bytes.length, position);
    }
  }

  @Test
  void arrowReadsWhatTheFileSaysOfItself() throws IOException {
    Path file = encoded(CorpusEncoder.of("Anna"));
    try (BufferAllocator allocator = new RootAllocator();
        FileChannel channel = FileChannel.open(file);
        ArrowFileReader reader = new ArrowFileReader(channel, allocator)) {
      var schema = reader.getVectorSchemaRoot().getSchema().getCustomMetadata();
      assertEquals("1", schema.get("levin.format"));
      assertEquals("code-points", schema.get("levin.vocabulary.type"));
      assertEquals(
          Vocabulary.codePointsOf("Anna").fingerprint(),
          schema.get("levin.vocabulary.fingerprint"));
      var footer = reader.getMetaData();
      assertEquals("text", footer.get("levin.source.0.name"));
      assertEquals("4", footer.get("levin.source.0.size"));
      assertEquals("4", footer.get("levin.tokens"));
      assertTrue(footer.get("levin.crc32c.batches").matches("[0-9a-f]{8}"));
    }
  }
}

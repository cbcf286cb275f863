package org.levin.tuning.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowFileReader;
import org.apache.arrow.vector.util.Text;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.levin.tuning.Studies;
import org.levin.tuning.journal.StudyRecord;
import org.levin.tuning.trial.Result;

/** Arrow's own reader finds what was written. */
class ArrowFileTest {
  @TempDir Path folder;

  private static void assertArrowReads(StudyTable table, Path file) throws IOException {
    try (BufferAllocator allocator = new RootAllocator();
        FileChannel channel = FileChannel.open(file);
        ArrowFileReader reader = new ArrowFileReader(channel, allocator)) {
      assertEquals(1, reader.getRecordBlocks().size());
      assertTrue(reader.loadNextBatch());
      VectorSchemaRoot root = reader.getVectorSchemaRoot();
      assertEquals(table.rows(), root.getRowCount());
      assertEquals(table.columns().size(), root.getFieldVectors().size());
      for (int i = 0; i < table.columns().size(); i++) {
        StudyColumn column = table.columns().get(i);
        FieldVector vector = root.getVector(i);
        assertEquals(column.name(), vector.getName());
        assertEquals(column.nullable(), vector.getField().isNullable());
        assertEquals(type(column), vector.getField().getType().toString());
        assertEquals(column.values(), values(vector), column.name());
      }
      assertFalse(reader.loadNextBatch());
    }
  }

  private static String type(StudyColumn column) {
    return switch (column.type()) {
      case INT32 -> "Int(32, true)";
      case INT64 -> "Int(64, true)";
      case FLOAT64 -> "FloatingPoint(DOUBLE)";
      case UTF8 -> "Utf8";
    };
  }

  private static List<Optional<Object>> values(FieldVector vector) {
    List<Optional<Object>> values = new ArrayList<>();
    for (int i = 0; i < vector.getValueCount(); i++) {
      Object value = vector.getObject(i);
      values.add(Optional.ofNullable(value instanceof Text text ? text.toString() : value));
    }
    return values;
  }

  @Test
  void arrowReadsAllKindsOfColumns() throws IOException {
    Path file = folder.resolve("study.arrow");
    StudyTable table = StudyTable.of(StudyTableTest.study());
    table.toArrow(file);
    assertArrowReads(table, file);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 7, 8, 9, 65, 1000})
  void arrowReadsAnyNumberOfRows(int rows) throws IOException {
    Studies study = Studies.of();
    for (int i = 0; i < rows; i++) {
      study.trial(
          i % 3 == 0 ? Studies.one("cosine", i + 0.5) : Studies.two("constant", i, 0.1 * i),
          i % 5 == 4 ? Result.failed(10, "no".repeat(i)) : Studies.measured(10, i, i + 1, 1));
    }
    Path file = folder.resolve("study.arrow");
    StudyTable table = StudyTable.of(study.record());
    table.toArrow(file);
    assertArrowReads(table, file);
  }

  /** Writes the study that it is given; run without any option of the JVM. */
  static final class Writer {
    public static void main(String[] arguments) throws IOException {
      StudyTable.of(StudyRecord.read(Path.of(arguments[0]))).toArrow(Path.of(arguments[1]));
    }
  }

  @Test
  void needsNoOptionOfTheJvmAndWarnsOfNothing() throws IOException, InterruptedException {
    Path journal = folder.resolve("study.jsonl");
    Path file = folder.resolve("study.arrow");
    StudyTableTest.study().save(journal);
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Writer.class.getName(),
                journal.toString(),
                file.toString())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), output);
    assertEquals("", output);
    assertTrue(Files.exists(file));
    assertArrowReads(StudyTable.of(StudyRecord.read(journal)), file);
  }
}

package org.levin.corpus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.levin.format.DamagedFileException;
import org.levin.hostile.CorpusChecksums;

/** Every truncation, bit flip and many mutants are tried by {@code org.levin.hostile}. */
class DamagedCorpusTest {
  private static final String TEXT = "Happy families are all alike; \uD83D\uDE00";

  @TempDir Path folder;
  private byte[] intact;

  @BeforeEach
  void encode() throws IOException {
    Path file = folder.resolve("corpus.arrow");
    CorpusEncoder.of(TEXT).encodeTo(file);
    intact = Files.readAllBytes(file);
  }

  /** Opens a file in memory and touches every token. */
  private static void read(byte[] bytes) throws DamagedFileException {
    CorpusFileReader.Content content =
        CorpusFileReader.read(Path.of("test.arrow"), aligned(bytes), Optional.empty());
    int[] ids = ArraySequence.all(content.tokens());
    content.vocabulary().decode(ids);
  }

  private static MemorySegment aligned(byte[] bytes) {
    return MemorySegment.ofBuffer(ByteBuffer.wrap(bytes)).asReadOnly();
  }

  private static void assertRefused(byte[] bytes, String context) {
    try {
      read(bytes);
    } catch (DamagedFileException e) {
      assertTrue(e.getMessage().startsWith("test.arrow: "), e.getMessage());
      return;
    } catch (UncheckedIOException e) {
      assertInstanceOf(DamagedFileException.class, e.getCause(), context);
      return;
    }
    fail("not noticed: " + context);
  }

  @Test
  void theIntactFileIsRead() throws IOException {
    read(intact);
  }

  @Test
  void refusesWhatIsAddedAtEitherEnd() {
    assertRefused(Arrays.copyOf(intact, intact.length + 1), "a byte behind");
    byte[] before = new byte[intact.length + 64];
    System.arraycopy(intact, 0, before, 64, intact.length);
    assertRefused(before, "64 bytes before");
    byte[] twice = Arrays.copyOf(intact, 2 * intact.length);
    System.arraycopy(intact, 0, twice, intact.length, intact.length);
    assertRefused(twice, "the file twice");
  }

  @Test
  void anIdThatTheVocabularyLacksIsRefusedThoughItsChecksumIsRight() throws IOException {
    FileStructure structure = FileStructure.read(aligned(intact));
    byte[] mutant = intact.clone();
    mutant[(int) structure.batches().getFirst().bodyOffset() + 3] = 127;
    UncheckedIOException refused =
        assertThrows(UncheckedIOException.class, () -> read(CorpusChecksums.repaired(mutant)));
    assertTrue(refused.getMessage().contains("token 3"), refused.getMessage());
    mutant[(int) structure.batches().getFirst().bodyOffset() + 3] = -1;
    assertThrows(UncheckedIOException.class, () -> read(CorpusChecksums.repaired(mutant)));
  }

  @Test
  void aFileOfAnotherKindIsNamedSo() {
    DamagedFileException text =
        assertThrows(
            DamagedFileException.class,
            () -> read(TEXT.repeat(9).getBytes(StandardCharsets.UTF_8)));
    assertTrue(text.getMessage().contains("begins with \"ARROW1\""), text.getMessage());
    byte[] hugeFooter = intact.clone();
    ByteBuffer.wrap(hugeFooter)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(intact.length - 10, Integer.MAX_VALUE);
    assertThrows(DamagedFileException.class, () -> read(hugeFooter));
  }

  @Test
  void damageInALaterRecordBatchIsNoticedWhenItIsTouchedAndByVerify() throws IOException {
    Path file = folder.resolve("large.arrow");
    CorpusEncoder.of("ab".repeat(CorpusLayout.BATCH_TOKENS)).encodeTo(file);
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length - CorpusLayout.BATCH_TOKENS / 2] ^= 1;
    Files.write(file, bytes);
    try (Corpus corpus = Corpus.open(file)) {
      int[] ids = new int[10];
      corpus.tokens().copyTo(CorpusLayout.BATCH_TOKENS - 10, ids, 0, 10);
      UncheckedIOException touched =
          assertThrows(
              UncheckedIOException.class,
              () -> corpus.tokens().copyTo(CorpusLayout.BATCH_TOKENS - 9, ids, 0, 10));
      assertTrue(
          touched.getCause().getMessage().contains("record batch 1 of 2"), touched.getMessage());
      assertThrows(DamagedFileException.class, corpus::verify);
      assertThrows(DamagedFileException.class, corpus::verify);
    }
  }

  @Test
  void readingLeavesADamagedFileAsItWas() throws IOException {
    byte[] damaged = Arrays.copyOf(intact, intact.length - 3);
    Path file = Files.write(folder.resolve("damaged.arrow"), damaged);
    DamagedFileException refused =
        assertThrows(DamagedFileException.class, () -> Corpus.open(file));
    assertTrue(refused.getMessage().startsWith(file.toString()), refused.getMessage());
    assertEquals(-1, Arrays.mismatch(damaged, Files.readAllBytes(file)));
  }
}

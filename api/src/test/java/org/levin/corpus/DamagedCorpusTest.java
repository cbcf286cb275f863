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
import java.util.SplittableRandom;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.levin.format.DamagedFileException;

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
  void refusesEveryFlippedBit() {
    for (int bit = 0; bit < intact.length * Byte.SIZE; bit++) {
      byte[] flipped = intact.clone();
      flipped[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
      assertRefused(flipped, "bit " + bit);
    }
  }

  @Test
  void refusesEveryTruncation() {
    for (int length = 0; length < intact.length; length++) {
      assertRefused(Arrays.copyOf(intact, length), "length " + length);
    }
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

  /**
   * Whatever stands in the file, also with right checksums: the typed exception, or a corpus whose
   * ids are in range.
   */
  @Test
  void nonsenseWithRightChecksumsGivesTheTypedExceptionOrNothingWrong() throws IOException {
    long seed = 77;
    SplittableRandom random = new SplittableRandom(seed);
    int refused = 0;
    for (int round = 0; round < 60_000; round++) {
      byte[] mutant = mutant(random);
      repair(mutant);
      try {
        read(mutant);
      } catch (DamagedFileException e) {
        refused++;
      } catch (UncheckedIOException e) {
        assertInstanceOf(DamagedFileException.class, e.getCause());
        refused++;
      } catch (IllegalArgumentException e) {
        // The one other: a vocabulary of a type of the caller's own.
        assertTrue(
            e.getMessage().contains("open the corpus with its vocabulary"),
            "seed " + seed + ", round " + round + ": " + e);
      }
    }
    assertTrue(refused > 10_000, "only " + refused + " were refused: do the mutants hit anything?");
  }

  private byte[] mutant(SplittableRandom random) {
    byte[] mutant = intact.clone();
    int changes = random.nextInt(1, 4);
    int[] likely = {0, 1, 4, 8, 0x7F, 0x80, 0xFF};
    for (int i = 0; i < changes; i++) {
      int at = random.nextInt(mutant.length);
      mutant[at] =
          (byte) (random.nextBoolean() ? likely[random.nextInt(likely.length)] : random.nextInt());
      if (random.nextInt(8) == 0) {
        byte extreme = (byte) likely[random.nextInt(likely.length)];
        Arrays.fill(mutant, at, Math.min(mutant.length, at + random.nextInt(1, 9)), extreme);
      }
    }
    return mutant;
  }

  /**
   * Writes right checksums of the one dictionary, the one record batch and the structure where they
   * stood in the intact file.
   */
  private void repair(byte[] mutant) throws DamagedFileException {
    FileStructure structure = FileStructure.read(aligned(intact));
    FileBlock dictionary = structure.dictionary();
    FileBlock batch = structure.batches().getFirst();
    write(mutant, dictionary.crc(), MappedTokens.crc(aligned(mutant), dictionary));
    write(mutant, batch.crc(), MappedTokens.crc(aligned(mutant), batch));
    int digits = find(structure.metadata().text(CorpusLayout.STRUCTURE_CRC_KEY));
    Arrays.fill(mutant, digits, digits + 8, (byte) '0');
    CRC32C crc = new CRC32C();
    crc.update(mutant, 0, (int) dictionary.offset());
    crc.update(mutant, (int) batch.end(), mutant.length - (int) batch.end());
    byte[] repaired = CorpusLayout.hex((int) crc.getValue()).getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(repaired, 0, mutant, digits, 8);
  }

  private void write(byte[] mutant, int intactCrc, int crc) {
    byte[] digits = CorpusLayout.hex(crc).getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(digits, 0, mutant, find(CorpusLayout.hex(intactCrc)), 8);
  }

  private int find(String digits) {
    int at = new String(intact, StandardCharsets.ISO_8859_1).indexOf(digits);
    assertTrue(at > 0);
    return at;
  }

  @Test
  void anIdThatTheVocabularyLacksIsRefusedThoughItsChecksumIsRight() throws IOException {
    FileStructure structure = FileStructure.read(aligned(intact));
    byte[] mutant = intact.clone();
    mutant[(int) structure.batches().getFirst().bodyOffset() + 3] = 127;
    repair(mutant);
    UncheckedIOException refused = assertThrows(UncheckedIOException.class, () -> read(mutant));
    assertTrue(refused.getMessage().contains("token 3"), refused.getMessage());
    mutant[(int) structure.batches().getFirst().bodyOffset() + 3] = -1;
    repair(mutant);
    assertThrows(UncheckedIOException.class, () -> read(mutant));
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

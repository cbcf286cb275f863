package org.levin.corpus;

import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.zip.CRC32C;
import org.levin.format.DamagedFileException;

/**
 * The tokens of a corpus file where they lie; a record batch is checked when it is first touched.
 */
final class MappedTokens implements TokenSequence {
  private static final ValueLayout.OfShort SHORT =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  /**
   * A record batch; its ids are all of its body.
   *
   * @param block where it lies
   * @param rows how many there are
   */
  record TokenBatch(FileBlock block, int rows) {
    long data() {
      return block.bodyOffset();
    }
  }

  private final Path name;
  private final MemorySegment file;
  private final int width;
  private final int vocabularySize;
  private final List<TokenBatch> batches;
  private final long size;

  /** 1 for a record batch whose checksum and ids were found right. */
  private final AtomicIntegerArray checked;

  MappedTokens(Path name, MemorySegment file, CorpusLayout layout, List<TokenBatch> batches) {
    this.name = name;
    this.file = file;
    this.width = layout.indexWidth();
    this.vocabularySize = layout.vocabularySize();
    this.batches = List.copyOf(batches);
    this.size = batches.stream().mapToLong(TokenBatch::rows).sum();
    this.checked = new AtomicIntegerArray(batches.size());
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public void copyTo(long position, int[] target, int offset, int count) {
    Objects.checkFromIndexSize(position, count, size);
    Objects.checkFromIndexSize(offset, count, target.length);
    requireOpen();
    long from = position;
    int to = offset;
    int left = count;
    while (left > 0) {
      int index = (int) (from / CorpusLayout.BATCH_TOKENS);
      int row = (int) (from % CorpusLayout.BATCH_TOKENS);
      int here = Math.min(left, batches.get(index).rows() - row);
      touch(index);
      copy(batches.get(index).data() + (long) row * width, target, to, here);
      from += here;
      to += here;
      left -= here;
    }
  }

  private void copy(long start, int[] target, int offset, int count) {
    switch (width) {
      case 1 -> {
        for (int i = 0; i < count; i++) {
          target[offset + i] = file.get(ValueLayout.JAVA_BYTE, start + i);
        }
      }
      case 2 -> {
        for (int i = 0; i < count; i++) {
          target[offset + i] = file.get(SHORT, start + (long) i * Short.BYTES);
        }
      }
      default -> MemorySegment.copy(file, INT, start, target, offset, count);
    }
  }

  private void touch(int batch) {
    try {
      check(batch);
    } catch (DamagedFileException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the CRC-32C of the checksums of all record batches, as the file states them. */
  String checksum() {
    CRC32C crc = new CRC32C();
    for (TokenBatch batch : batches) {
      crc.update(CorpusLayout.hex(batch.block().crc()).getBytes(StandardCharsets.US_ASCII));
    }
    return CorpusLayout.hex((int) crc.getValue());
  }

  /** Checks every record batch that was not touched yet. */
  void checkAll() throws DamagedFileException {
    requireOpen();
    for (int batch = 0; batch < batches.size(); batch++) {
      check(batch);
    }
  }

  private void check(int batch) throws DamagedFileException {
    if (checked.get(batch) == 0) {
      checkUntouched(batch);
    }
  }

  private synchronized void checkUntouched(int index) throws DamagedFileException {
    if (checked.get(index) != 0) {
      return;
    }
    TokenBatch batch = batches.get(index);
    FileBlock block = batch.block();
    int crc = crc(file, block);
    if (crc != block.crc()) {
      throw new DamagedFileException(
          name,
          "record batch %d of %d, at byte %d, is damaged: its CRC-32C is %s, expected %s"
              .formatted(
                  index,
                  batches.size(),
                  block.offset(),
                  CorpusLayout.hex(crc),
                  CorpusLayout.hex(block.crc())));
    }
    checkIds(index, batch);
    checked.set(index, 1);
  }

  private void checkIds(int index, TokenBatch batch) throws DamagedFileException {
    int[] ids = new int[Math.min(batch.rows(), 1 << 12)];
    for (int row = 0; row < batch.rows(); row += ids.length) {
      int count = Math.min(ids.length, batch.rows() - row);
      copy(batch.data() + (long) row * width, ids, 0, count);
      for (int i = 0; i < count; i++) {
        if (ids[i] < 0 || ids[i] >= vocabularySize) {
          throw new DamagedFileException(
              name,
              "token %d of record batch %d has the id %d, expected at least 0 and below %d"
                  .formatted(row + i, index, ids[i], vocabularySize));
        }
      }
    }
  }

  /** Returns the CRC-32C of a block. */
  static int crc(MemorySegment file, FileBlock block) {
    CRC32C crc = new CRC32C();
    crc.update(file.asSlice(block.offset(), block.length()).asByteBuffer());
    return (int) crc.getValue();
  }

  private void requireOpen() {
    if (!file.scope().isAlive()) {
      throw new IllegalStateException("the corpus is closed");
    }
  }

  /** Runs {@code action} while no checksum is being taken: a mapping cannot be closed meanwhile. */
  synchronized void whenIdle(Runnable action) {
    action.run();
  }
}

package org.levin.hostile;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.zip.CRC32C;
import org.apache.arrow.flatbuf.Block;
import org.apache.arrow.flatbuf.Footer;

/** The checksums of a corpus file, made right wherever its footer still says where they stand. */
public final class CorpusChecksums {
  private static final int TAIL = 10;
  private static final int DIGITS = 8;

  private final byte[] file;
  private final int footerStart;
  private final Footer footer;

  private CorpusChecksums(byte[] file, int footerStart) {
    this.file = file;
    this.footerStart = footerStart;
    this.footer =
        Footer.getRootAsFooter(
            ByteBuffer.wrap(file, footerStart, file.length - TAIL - footerStart)
                .slice()
                .order(ByteOrder.LITTLE_ENDIAN));
  }

  /** Returns the file with right checksums, or as it is where nothing can be found in it. */
  public static byte[] repaired(byte[] file) {
    byte[] repaired = file.clone();
    try {
      int length = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getInt(file.length - TAIL);
      new CorpusChecksums(repaired, file.length - TAIL - length).repair();
      return repaired;
    } catch (IndexOutOfBoundsException | IllegalArgumentException | ArithmeticException e) {
      return file;
    }
  }

  private void repair() {
    if (footer.dictionariesLength() == 0) {
      throw new IllegalArgumentException("no dictionary");
    }
    Block dictionary = footer.dictionaries(0);
    int structureStart = Math.toIntExact(dictionary.offset());
    int blocksEnd = write("levin.crc32c.dictionary", 0, dictionary);
    for (int i = 0; i < footer.recordBatchesLength(); i++) {
      blocksEnd = write("levin.crc32c.batches", i, footer.recordBatches(i));
    }
    int digits = place("levin.crc32c.structure");
    Arrays.fill(file, digits, digits + DIGITS, (byte) '0');
    CRC32C crc = new CRC32C();
    crc.update(file, 0, structureStart);
    crc.update(file, blocksEnd, file.length - blocksEnd);
    write(digits, crc);
  }

  /** Writes the checksum of a block and returns where the block ends. */
  private int write(String key, int index, Block block) {
    int start = Math.toIntExact(block.offset());
    int length = Math.toIntExact(block.metaDataLength() + block.bodyLength());
    CRC32C crc = new CRC32C();
    crc.update(file, start, length);
    write(place(key) + index * (DIGITS + 1), crc);
    return start + length;
  }

  private void write(int place, CRC32C crc) {
    byte[] digits =
        HexFormat.of().toHexDigits((int) crc.getValue()).getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(digits, 0, file, place, DIGITS);
  }

  /** Returns where the value of a metadata entry of the footer stands in the file. */
  private int place(String key) {
    byte[] name = key.getBytes(StandardCharsets.US_ASCII);
    for (int i = 0; i < footer.customMetadataLength(); i++) {
      ByteBuffer found = footer.customMetadata(i).keyAsByteBuffer();
      if (found != null && found.equals(ByteBuffer.wrap(name))) {
        ByteBuffer value = footer.customMetadata(i).valueAsByteBuffer();
        if (value != null) {
          return footerStart + value.position();
        }
      }
    }
    throw new IllegalArgumentException("no " + key);
  }
}

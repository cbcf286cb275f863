package org.levin.tuning.journal;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.levin.format.DamagedFileException;

/** Reads the lines of a journal, one after the other. */
final class JournalReader {
  /** The record of a model that many texts were read for; no other line comes near. */
  private static final int LONGEST_LINE = 1 << 24;

  private final Path file;
  private final JournalLine lines = new JournalLine();
  private long number;
  private long length;

  /**
   * What was read.
   *
   * @param record the study
   * @param lines what seals the line that comes next
   * @param length bytes of the whole lines; what is behind them was not written to its end
   */
  record Content(StudyRecord record, JournalLine lines, long length) {}

  private JournalReader(Path file) {
    this.file = file;
  }

  static Content read(Path file) throws IOException {
    JournalReader reader = new JournalReader(file);
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
      return reader.read(in);
    } catch (OutOfMemoryError e) {
      throw new IOException(
          file + " is a study that does not fit into memory; give Java more with -Xmx", e);
    }
  }

  /** Returns whether a study was begun in the file, and not even its first line written whole. */
  static boolean hasOnlyABeginning(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      String start = new String(in.readNBytes(LONGEST_LINE), StandardCharsets.UTF_8);
      return start.indexOf('\n') < 0
          && start.startsWith(
              JournalJson.BEGINNING.substring(
                  0, Math.min(start.length(), JournalJson.BEGINNING.length())));
    }
  }

  private Content read(InputStream in) throws IOException {
    byte[] first = line(in);
    if (first == null) {
      throw new DamagedFileException(file, "there is no whole line, and no study in it");
    }
    try {
      Chronicle chronicle = new Chronicle(JournalJson.readHeader(lines.open(first)));
      for (byte[] line = line(in); line != null; line = line(in)) {
        chronicle.add(JournalJson.readEvent(lines.open(line)));
      }
      return new Content(chronicle.record(), lines, length);
    } catch (IllegalArgumentException e) {
      throw new DamagedFileException(file, "line " + number + ": " + e.getMessage(), e);
    }
  }

  /** Returns the next whole line without its break; null if there is none. */
  private byte[] line(InputStream in) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        return null;
      }
      bytes.write(next);
      if (bytes.size() > LONGEST_LINE) {
        throw new DamagedFileException(
            file, "line " + (number + 1) + " is longer than " + LONGEST_LINE + " bytes");
      }
    }
    number++;
    length += bytes.size() + 1;
    return bytes.toByteArray();
  }
}

package org.levin.tuning.journal;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.levin.format.AtomicFile;
import org.levin.format.WriteLock;
import org.levin.internal.Arguments;

/**
 * The file of a study, open for one writer. What was appended is with the operating system when the
 * call returns, and survives the process; it is on the disk, too, where the system can promise
 * that.
 */
public final class Journal implements Closeable {
  private final Path file;
  private final WriteLock lock;
  private final FileChannel channel;
  private final JournalLine lines;
  private final StudyRecord before;

  private Journal(
      Path file, WriteLock lock, FileChannel channel, JournalLine lines, StudyRecord before) {
    this.file = file;
    this.lock = lock;
    this.channel = channel;
    this.lines = lines;
    this.before = before;
  }

  /**
   * Begins a study, or takes one up.
   *
   * @throws IllegalArgumentException if the file holds a study that goes another way; the message
   *     says in what they differ
   * @throws org.levin.format.FileInUseException if another process writes it
   * @throws org.levin.format.DamagedFileException if it is damaged, or no study
   * @throws IOException if it cannot be read or written
   */
  public static Journal open(Path file, StudyHeader header) throws IOException {
    WriteLock lock = WriteLock.of(file);
    boolean opened = false;
    FileChannel channel = null;
    try {
      boolean isNew = !Files.exists(file) || JournalReader.hasOnlyABeginning(file);
      Journal journal;
      if (isNew) {
        channel =
            FileChannel.open(
                file,
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE,
                StandardOpenOption.TRUNCATE_EXISTING);
        StudyRecord nothing = new Chronicle(header).record();
        journal = new Journal(file, lock, channel, new JournalLine(), nothing);
        journal.append(JournalJson.write(header));
      } else {
        JournalReader.Content content = JournalReader.read(file);
        requireSame(file, header, content.record().header());
        channel = FileChannel.open(file, StandardOpenOption.WRITE);
        channel.truncate(content.length()).position(content.length());
        journal = new Journal(file, lock, channel, content.lines(), content.record());
      }
      opened = true;
      return journal;
    } finally {
      if (!opened) {
        if (channel != null) {
          channel.close();
        }
        lock.close();
      }
    }
  }

  private static void requireSame(Path file, StudyHeader asked, StudyHeader found) {
    asked
        .differenceFrom(found)
        .ifPresent(
            difference -> {
              throw new IllegalArgumentException(
                  "%s holds another study: asked for is %s; name another file, or ask for the same"
                      .formatted(file, difference));
            });
  }

  /** Returns the study as it was when it was opened. */
  public StudyRecord before() {
    return before;
  }

  /**
   * Appends an event.
   *
   * @throws IOException if it cannot be written; the file then ends with the event before it, or
   *     with a line that is left out when it is read
   */
  public void append(StudyEvent event) throws IOException {
    append(JournalJson.write(event));
  }

  private void append(String json) throws IOException {
    long end = channel.position();
    ByteBuffer bytes = ByteBuffer.wrap(lines.seal(json).getBytes(StandardCharsets.UTF_8));
    try {
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(false);
    } catch (IOException e) {
      try {
        channel.truncate(end);
      } catch (IOException f) {
        e.addSuppressed(f);
      }
      throw new IOException(file + " cannot be written: " + e.getMessage(), e);
    }
  }

  /**
   * Writes a whole study to a new file, all of it or nothing.
   *
   * @throws IllegalArgumentException if there is a file of that name
   */
  static void write(Path file, StudyRecord study) throws IOException {
    Arguments.require(!Files.exists(file), "%s is there already; name another file", file);
    AtomicFile.write(
        file,
        channel -> {
          JournalLine lines = new JournalLine();
          OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel));
          out.write(lines.seal(JournalJson.write(study.header())).getBytes(StandardCharsets.UTF_8));
          for (StudyEvent event : Events.of(study)) {
            out.write(lines.seal(JournalJson.write(event)).getBytes(StandardCharsets.UTF_8));
          }
          out.flush();
        });
  }

  @Override
  public void close() throws IOException {
    try (lock) {
      channel.close();
    }
  }
}

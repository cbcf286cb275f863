package org.levin.tuning.journal;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.levin.format.AtomicFile;
import org.levin.format.WriteLock;
import org.levin.internal.Arguments;
import org.levin.internal.Printable;

/**
 * The file of a study, open for one writer. What was appended is with the operating system when the
 * call returns, and survives the process; it is on the disk, too, where the system can promise
 * that.
 */
public final class Journal implements Closeable {
  private static final int LONGEST_DIFFERENCE = 1_000;

  private final Path file;
  private final WriteLock lock;
  private final FileChannel channel;
  private final JournalLine lines;
  private final StudyRecord before;
  private boolean torn;

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
    Journal journal = null;
    try {
      journal = open(file, header, lock);
      return journal;
    } finally {
      if (journal == null) {
        lock.close();
      }
    }
  }

  /** A study in which nothing was tried yet stands in nobody's way. */
  private static Journal open(Path file, StudyHeader header, WriteLock lock) throws IOException {
    if (!Files.exists(file) || JournalReader.hasOnlyABeginning(file)) {
      return begun(file, header, lock);
    }
    JournalReader.Content content = JournalReader.read(file);
    return content.record().trials().isEmpty()
        ? begun(file, header, lock)
        : takenUp(file, header, lock, content);
  }

  private static Journal begun(Path file, StudyHeader header, WriteLock lock) throws IOException {
    FileChannel channel =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING);
    StudyRecord nothing = new Chronicle(header).record();
    Journal journal = new Journal(file, lock, channel, new JournalLine(), nothing);
    try {
      journal.append(JournalJson.write(header));
      return journal;
    } catch (IOException e) {
      throw closed(channel, e);
    }
  }

  private static Journal takenUp(
      Path file, StudyHeader header, WriteLock lock, JournalReader.Content content)
      throws IOException {
    requireSame(file, header, content.record().header());
    FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
    try {
      channel.truncate(content.length()).position(content.length());
      return new Journal(file, lock, channel, content.lines(), content.record());
    } catch (IOException e) {
      throw closed(channel, e);
    }
  }

  /** Returns the failure, the channel closed; if it cannot be, the first failure says more. */
  private static IOException closed(FileChannel channel, IOException failure) {
    try {
      channel.close();
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
    return failure;
  }

  private static void requireSame(Path file, StudyHeader asked, StudyHeader found) {
    asked
        .differenceFrom(found)
        .ifPresent(
            difference -> {
              throw new IllegalArgumentException(
                  "%s holds another study: asked for is %s; name another file, or ask for the same"
                      .formatted(file, Printable.of(difference, LONGEST_DIFFERENCE)));
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
    if (torn || !channel.isOpen()) {
      throw new IOException(
          "%s cannot be written: %s"
              .formatted(
                  file, torn ? "its last line could not be; open it again" : "it is closed"));
    }
    long end = channel.position();
    ByteBuffer bytes = ByteBuffer.wrap(lines.seal(json));
    try {
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(false);
    } catch (IOException e) {
      takeBack(end, e);
      throw new IOException(file + " cannot be written: " + e, e);
    }
    lines.written();
  }

  /** Removes what was written of a line; if not even that can be done, none may come behind it. */
  private void takeBack(long end, IOException failure) {
    try {
      channel.truncate(end);
    } catch (IOException e) {
      torn = true;
      failure.addSuppressed(e);
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
          out.write(lines.seal(JournalJson.write(study.header())));
          lines.written();
          for (StudyEvent event : Events.of(study)) {
            out.write(lines.seal(JournalJson.write(event)));
            lines.written();
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

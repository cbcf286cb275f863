package org.levin.corpus;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * Keeps what is written to it: in memory up to a limit, beyond it in a temporary file that nobody
 * else sees.
 */
final class SpillingStorage implements WritableByteChannel {
  /** What may stay in memory; a corpus of so many bytes is read as quickly as it is mapped. */
  static final long MEMORY_LIMIT = 64L << 20;

  private final long memoryLimit;
  private final List<byte[]> pieces = new ArrayList<>();
  private long size;
  private FileChannel file;
  private boolean open = true;

  SpillingStorage(long memoryLimit) {
    this.memoryLimit = memoryLimit;
  }

  @Override
  public int write(ByteBuffer bytes) throws IOException {
    int count = bytes.remaining();
    if (file == null && size + count > memoryLimit) {
      spill();
    }
    if (file == null) {
      byte[] piece = new byte[count];
      bytes.get(piece);
      pieces.add(piece);
    } else {
      writeFully(bytes);
    }
    size += count;
    return count;
  }

  private void spill() throws IOException {
    Path path = Files.createTempFile("levin-", ".arrow");
    try {
      // Where files can be unlinked while open, the JDK does it at once: then the file vanishes
      // also with a killed process.
      file =
          FileChannel.open(
              path,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE,
              StandardOpenOption.DELETE_ON_CLOSE);
    } finally {
      if (file == null) {
        Files.deleteIfExists(path);
      }
    }
    for (byte[] piece : pieces) {
      writeFully(ByteBuffer.wrap(piece));
    }
    pieces.clear();
  }

  private void writeFully(ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      file.write(bytes);
    }
  }

  /**
   * Returns everything written so far. Until {@code arena} is closed this storage must stay open.
   */
  MemorySegment map(Arena arena) throws IOException {
    if (file != null) {
      return file.map(FileChannel.MapMode.READ_ONLY, 0, size, arena);
    }
    MemorySegment segment = arena.allocate(size, CorpusLayout.ALIGNMENT);
    long position = 0;
    for (byte[] piece : pieces) {
      MemorySegment.copy(MemorySegment.ofArray(piece), 0, segment, position, piece.length);
      position += piece.length;
    }
    pieces.clear();
    return segment.asReadOnly();
  }

  @Override
  public boolean isOpen() {
    return open;
  }

  /** Frees the memory and deletes the file. */
  @Override
  public void close() throws IOException {
    open = false;
    pieces.clear();
    if (file != null) {
      file.close();
    }
  }
}

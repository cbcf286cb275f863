package org.levin.faults;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;

/** An open file whose writing may fail, also half way. */
final class FaultyChannel extends FileChannel {
  private final Path file;
  private final FileChannel usual;
  private final Fault fault;

  FaultyChannel(Path file, FileChannel usual, Fault fault) {
    this.file = file;
    this.usual = usual;
    this.fault = fault;
  }

  /** A write of some bytes, of a place or of the channel's position. */
  @FunctionalInterface
  private interface Write {
    int run(ByteBuffer bytes) throws IOException;
  }

  private int write(ByteBuffer bytes, Write write) throws IOException {
    ByteBuffer first = bytes.slice(bytes.position(), bytes.remaining() / 2);
    fault.before(new Operation("write", file, () -> write.run(first)));
    return write.run(bytes);
  }

  @Override
  public int write(ByteBuffer bytes) throws IOException {
    return write(bytes, usual::write);
  }

  @Override
  public int write(ByteBuffer bytes, long position) throws IOException {
    return write(bytes, part -> usual.write(part, position));
  }

  @Override
  public long write(ByteBuffer[] buffers, int offset, int length) throws IOException {
    long written = 0;
    for (int i = offset; i < offset + length; i++) {
      written += write(buffers[i]);
    }
    return written;
  }

  @Override
  public FileChannel truncate(long size) throws IOException {
    fault.before(new Operation("truncate", file));
    usual.truncate(size);
    return this;
  }

  @Override
  public void force(boolean metadata) throws IOException {
    fault.before(new Operation("force", file));
    usual.force(metadata);
  }

  @Override
  protected void implCloseChannel() throws IOException {
    try {
      fault.before(new Operation("close", file));
    } finally {
      usual.close();
    }
  }

  @Override
  public int read(ByteBuffer target) throws IOException {
    return usual.read(target);
  }

  @Override
  public int read(ByteBuffer target, long position) throws IOException {
    return usual.read(target, position);
  }

  @Override
  public long read(ByteBuffer[] targets, int offset, int length) throws IOException {
    return usual.read(targets, offset, length);
  }

  @Override
  public long position() throws IOException {
    return usual.position();
  }

  @Override
  public FileChannel position(long position) throws IOException {
    usual.position(position);
    return this;
  }

  @Override
  public long size() throws IOException {
    return usual.size();
  }

  @Override
  public long transferTo(long position, long count, WritableByteChannel target) throws IOException {
    return usual.transferTo(position, count, target);
  }

  @Override
  public long transferFrom(ReadableByteChannel source, long position, long count) {
    throw new UnsupportedOperationException();
  }

  @Override
  public MappedByteBuffer map(MapMode mode, long position, long size) throws IOException {
    return usual.map(mode, position, size);
  }

  @Override
  public FileLock lock(long position, long size, boolean shared) throws IOException {
    return usual.lock(position, size, shared);
  }

  @Override
  public FileLock tryLock(long position, long size, boolean shared) throws IOException {
    fault.before(new Operation("lock", file));
    return usual.tryLock(position, size, shared);
  }
}

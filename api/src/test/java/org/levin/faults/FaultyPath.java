package org.levin.faults;

import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;

/**
 * A path of a {@link FaultyFileSystem}.
 *
 * @param system that it belongs to
 * @param usual the same path in the usual file system
 */
record FaultyPath(FaultyFileSystem system, Path usual) implements Path {

  /** Returns the path in the usual file system. */
  static Path usual(Path path) {
    return path instanceof FaultyPath faulty ? faulty.usual : path;
  }

  private Path wrap(Path path) {
    return path == null ? null : system.path(path);
  }

  @Override
  public FileSystem getFileSystem() {
    return system;
  }

  @Override
  public boolean isAbsolute() {
    return usual.isAbsolute();
  }

  @Override
  public Path getRoot() {
    return wrap(usual.getRoot());
  }

  @Override
  public Path getFileName() {
    return wrap(usual.getFileName());
  }

  @Override
  public Path getParent() {
    return wrap(usual.getParent());
  }

  @Override
  public int getNameCount() {
    return usual.getNameCount();
  }

  @Override
  public Path getName(int index) {
    return wrap(usual.getName(index));
  }

  @Override
  public Path subpath(int begin, int end) {
    return wrap(usual.subpath(begin, end));
  }

  @Override
  public boolean startsWith(Path other) {
    return usual.startsWith(usual(other));
  }

  @Override
  public boolean endsWith(Path other) {
    return usual.endsWith(usual(other));
  }

  @Override
  public Path normalize() {
    return wrap(usual.normalize());
  }

  @Override
  public Path resolve(Path other) {
    return wrap(usual.resolve(usual(other)));
  }

  @Override
  public Path relativize(Path other) {
    return wrap(usual.relativize(usual(other)));
  }

  @Override
  public URI toUri() {
    return usual.toUri();
  }

  @Override
  public Path toAbsolutePath() {
    return wrap(usual.toAbsolutePath());
  }

  @Override
  public Path toRealPath(LinkOption... options) throws IOException {
    return wrap(usual.toRealPath(options));
  }

  @Override
  public WatchKey register(
      WatchService watcher, WatchEvent.Kind<?>[] events, WatchEvent.Modifier... modifiers) {
    throw new UnsupportedOperationException();
  }

  @Override
  public int compareTo(Path other) {
    return usual.compareTo(usual(other));
  }

  @Override
  public String toString() {
    return usual.toString();
  }
}

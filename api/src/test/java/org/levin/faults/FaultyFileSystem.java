package org.levin.faults;

import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.WatchService;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.nio.file.spi.FileSystemProvider;
import java.util.List;
import java.util.Set;

/** The usual file system, but a {@link Fault} is asked before each operation that writes. */
public final class FaultyFileSystem extends FileSystem {
  private final FileSystem usual = FileSystems.getDefault();
  private final FaultyProvider provider;

  private FaultyFileSystem(Fault fault) {
    provider = new FaultyProvider(this, fault);
  }

  /** Returns the same file as a path whose every writing goes through {@code fault}. */
  public static Path path(Path file, Fault fault) {
    return new FaultyFileSystem(fault).path(file);
  }

  Path path(Path file) {
    return new FaultyPath(this, file);
  }

  @Override
  public FileSystemProvider provider() {
    return provider;
  }

  /** Does nothing: it lives as long as its paths. */
  @Override
  public void close() {}

  @Override
  public boolean isOpen() {
    return true;
  }

  @Override
  public boolean isReadOnly() {
    return false;
  }

  @Override
  public String getSeparator() {
    return usual.getSeparator();
  }

  @Override
  public Iterable<Path> getRootDirectories() {
    return List.of(path(usual.getRootDirectories().iterator().next()));
  }

  @Override
  public Iterable<FileStore> getFileStores() {
    return usual.getFileStores();
  }

  @Override
  public Set<String> supportedFileAttributeViews() {
    return usual.supportedFileAttributeViews();
  }

  @Override
  public Path getPath(String first, String... more) {
    return path(usual.getPath(first, more));
  }

  @Override
  public PathMatcher getPathMatcher(String pattern) {
    PathMatcher matcher = usual.getPathMatcher(pattern);
    return path -> matcher.matches(FaultyPath.usual(path));
  }

  @Override
  public UserPrincipalLookupService getUserPrincipalLookupService() {
    return usual.getUserPrincipalLookupService();
  }

  @Override
  public WatchService newWatchService() {
    throw new UnsupportedOperationException();
  }
}

package org.levin.faults;

import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessMode;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.spi.FileSystemProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Does what the usual provider does, after it has asked the fault. */
final class FaultyProvider extends FileSystemProvider {
  private final FaultyFileSystem system;
  private final Fault fault;
  private final FileSystemProvider usual;

  FaultyProvider(FaultyFileSystem system, Fault fault) {
    this.system = system;
    this.fault = fault;
    usual = Path.of("").getFileSystem().provider();
  }

  private static Path usual(Path path) {
    return FaultyPath.usual(path);
  }

  @Override
  public FileChannel newFileChannel(
      Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
      throws IOException {
    boolean writes = options.contains(StandardOpenOption.WRITE);
    fault.before(new Operation(writes ? "open" : "open to read", usual(path)));
    return new FaultyChannel(
        usual(path), usual.newFileChannel(usual(path), options, attributes), fault);
  }

  @Override
  public SeekableByteChannel newByteChannel(
      Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
      throws IOException {
    return newFileChannel(path, options, attributes);
  }

  @Override
  public DirectoryStream<Path> newDirectoryStream(
      Path folder, DirectoryStream.Filter<? super Path> filter) throws IOException {
    List<Path> entries = new ArrayList<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(usual(folder))) {
      for (Path entry : stream) {
        if (filter.accept(system.path(entry))) {
          entries.add(system.path(entry));
        }
      }
    }
    return new FaultyListing(usual(folder), entries, fault);
  }

  @Override
  public void createDirectory(Path folder, FileAttribute<?>... attributes) throws IOException {
    fault.before(new Operation("create", usual(folder)));
    usual.createDirectory(usual(folder), attributes);
  }

  @Override
  public void delete(Path path) throws IOException {
    fault.before(new Operation("delete", usual(path)));
    usual.delete(usual(path));
  }

  @Override
  public void copy(Path source, Path target, CopyOption... options) throws IOException {
    fault.before(new Operation("copy", usual(target)));
    usual.copy(usual(source), usual(target), options);
  }

  @Override
  public void move(Path source, Path target, CopyOption... options) throws IOException {
    fault.before(new Operation("move", usual(target)));
    usual.move(usual(source), usual(target), options);
  }

  @Override
  public boolean isSameFile(Path path, Path other) throws IOException {
    return usual.isSameFile(usual(path), usual(other));
  }

  @Override
  public boolean isHidden(Path path) throws IOException {
    return usual.isHidden(usual(path));
  }

  @Override
  public FileStore getFileStore(Path path) throws IOException {
    return usual.getFileStore(usual(path));
  }

  @Override
  public void checkAccess(Path path, AccessMode... modes) throws IOException {
    usual.checkAccess(usual(path), modes);
  }

  @Override
  public <V extends FileAttributeView> V getFileAttributeView(
      Path path, Class<V> type, LinkOption... options) {
    V view = usual.getFileAttributeView(usual(path), type, options);
    return view instanceof PosixFileAttributeView posix
        ? type.cast(new FaultyPermissions(usual(path), posix, fault))
        : view;
  }

  @Override
  public <A extends BasicFileAttributes> A readAttributes(
      Path path, Class<A> type, LinkOption... options) throws IOException {
    return usual.readAttributes(usual(path), type, options);
  }

  @Override
  public Map<String, Object> readAttributes(Path path, String names, LinkOption... options)
      throws IOException {
    return usual.readAttributes(usual(path), names, options);
  }

  @Override
  public void setAttribute(Path path, String name, Object value, LinkOption... options)
      throws IOException {
    fault.before(new Operation("set " + name, usual(path)));
    usual.setAttribute(usual(path), name, value, options);
  }

  @Override
  public Path readSymbolicLink(Path link) throws IOException {
    return system.path(usual.readSymbolicLink(usual(link)));
  }

  @Override
  public String getScheme() {
    return "faulty";
  }

  @Override
  public FileSystem newFileSystem(URI uri, Map<String, ?> environment) {
    throw new UnsupportedOperationException();
  }

  @Override
  public FileSystem getFileSystem(URI uri) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Path getPath(URI uri) {
    throw new UnsupportedOperationException();
  }
}

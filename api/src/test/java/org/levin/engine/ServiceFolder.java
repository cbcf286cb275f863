package org.levin.engine;

import java.io.Closeable;
import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Enumeration;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/**
 * A folder on the class path of the current thread, with engines to be found and classes that
 * cannot be loaded. Closing it gives the thread its class loader back.
 */
final class ServiceFolder implements Closeable {
  private final Path folder;
  private final ClassLoader before = Thread.currentThread().getContextClassLoader();
  private final SearchedLoader loader;

  ServiceFolder(Path folder) throws IOException {
    this.folder = Files.createDirectories(folder);
    loader = new SearchedLoader(folder.toUri().toURL(), before);
    Thread.currentThread().setContextClassLoader(loader);
  }

  void list(Class<?>... providers) throws IOException {
    list(Arrays.stream(providers).map(Class::getName).toArray(String[]::new));
  }

  void list(String... lines) throws IOException {
    Path file = folder.resolve("META-INF/services/" + EngineProvider.class.getName());
    Files.createDirectories(file.getParent());
    Files.write(file, List.of(lines));
  }

  /** A class file of a version that no JVM of today reads. */
  void addClassOfTheFuture(String name) throws IOException {
    addClass(name, ClassFile.latestMajorVersion() + 100, ConstantDescs.CD_Object, true);
  }

  /** A class whose superclass is not on the class path. */
  void addClassWithoutItsParent(String name) throws IOException {
    addClass(name, ClassFile.latestMajorVersion(), ClassDesc.of("missing.Parent"), true);
  }

  /** A sound class that does not implement the interface. */
  void addClassThatIsNoProvider(String name) throws IOException {
    addClass(name, ClassFile.latestMajorVersion(), ConstantDescs.CD_Object, false);
  }

  private void addClass(String name, int version, ClassDesc parent, boolean provider)
      throws IOException {
    byte[] bytes =
        ClassFile.of()
            .build(
                ClassDesc.of(name),
                builder -> {
                  builder.withVersion(version, 0).withSuperclass(parent);
                  builder.withFlags(ClassFile.ACC_PUBLIC | ClassFile.ACC_SUPER);
                  if (provider) {
                    builder.withInterfaceSymbols(ClassDesc.of(EngineProvider.class.getName()));
                  }
                });
    Path file = folder.resolve(name.replace('.', '/') + ".class");
    Files.createDirectories(file.getParent());
    Files.write(file, bytes);
  }

  /** Makes the next searches for service files fail. */
  void breakSearch(int times) {
    loader.failures = times;
  }

  /** Returns the warnings that the lookup logs meanwhile; they do not reach the console. */
  List<String> warningsOf(Runnable call) {
    List<String> warnings = new ArrayList<>();
    Logger logger = Logger.getLogger(Engines.class.getName());
    Handler handler =
        new Handler() {
          @Override
          public void publish(LogRecord log) {
            warnings.add(log.getMessage());
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    logger.addHandler(handler);
    logger.setUseParentHandlers(false);
    try {
      call.run();
    } finally {
      logger.removeHandler(handler);
      logger.setUseParentHandlers(true);
    }
    return warnings;
  }

  @Override
  public void close() throws IOException {
    Thread.currentThread().setContextClassLoader(before);
    loader.close();
  }

  /** A class loader whose search for service files can be broken. */
  private static final class SearchedLoader extends URLClassLoader {
    private int failures;

    SearchedLoader(URL folder, ClassLoader parent) {
      super(new URL[] {folder}, parent);
    }

    @Override
    public Enumeration<URL> getResources(String name) throws IOException {
      if (failures-- > 0) {
        throw new IOException("the disk is gone");
      }
      return super.getResources(name);
    }
  }
}

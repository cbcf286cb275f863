package org.levin.engine;

import java.io.Closeable;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Enumeration;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/**
 * A folder on the class path of the current thread, with engines to be found, sound or broken.
 * Closing it gives the thread its class loader back.
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
    Path file = folder.resolve(ServiceFiles.PATH);
    Files.createDirectories(file.getParent());
    Files.write(file, List.of(lines));
  }

  /** Returns what makes classes in the folder that cannot be loaded. */
  BrokenClasses classes() {
    return new BrokenClasses(folder);
  }

  /** Adds a jar that has nothing but a service file. */
  Path addJar(String name, String... lines) throws IOException {
    Path jar = folder.resolve(name);
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
      out.putNextEntry(new JarEntry(ServiceFiles.PATH));
      out.write(String.join("\n", lines).getBytes(StandardCharsets.UTF_8));
    }
    loader.addURL(jar.toUri().toURL());
    return jar;
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

    /** For everybody to call. */
    @Override
    public void addURL(URL url) {
      super.addURL(url);
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

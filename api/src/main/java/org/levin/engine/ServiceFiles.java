package org.levin.engine;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URL;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Enumeration;
import java.util.List;
import java.util.Optional;
import java.util.ServiceConfigurationError;

/**
 * The service files on a class path, read to learn whose class an error was about and which jar it
 * came with. {@link java.util.ServiceLoader} tells neither: its errors name the class in a
 * sentence, and those of the class loader, which pass through it, may name another class or none.
 */
final class ServiceFiles {
  static final String PATH = "META-INF/services/" + EngineProvider.class.getName();

  private final ClassLoader loader;
  private final List<Entry> unexplained = new ArrayList<>();

  private ServiceFiles(ClassLoader loader) {
    this.loader = loader;
  }

  /** Reads those that the current thread sees, as far as they can be read. */
  static ServiceFiles read() {
    ClassLoader loader =
        Optional.ofNullable(Thread.currentThread().getContextClassLoader())
            .orElseGet(ClassLoader::getSystemClassLoader);
    ServiceFiles files = new ServiceFiles(loader);
    try {
      for (Enumeration<URL> urls = loader.getResources(PATH); urls.hasMoreElements(); ) {
        files.read(urls.nextElement());
      }
    } catch (IOException e) {
      // The search failed for the same reason, and that error is told.
    }
    return files;
  }

  private void read(URL url) throws IOException {
    URLConnection connection = url.openConnection();
    // A cached jar stays open, and cannot be replaced.
    connection.setUseCaches(false);
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(connection.getInputStream(), StandardCharsets.UTF_8))) {
      Optional<String> place = placeOf(url);
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String name = line.replaceFirst("#.*", "").strip();
        if (!name.isEmpty()) {
          unexplained.add(new Entry(name, place, loader));
        }
      }
    }
  }

  /** Returns the entry that an error of the search was about; each is the answer once. */
  Optional<Entry> explain(Throwable error) {
    Optional<Entry> found = unexplained.stream().filter(entry -> entry.explains(error)).findFirst();
    found.ifPresent(unexplained::remove);
    return found;
  }

  /** Returns the jar or folder that a class came from, unless its class loader keeps it secret. */
  static Optional<String> placeOf(Class<?> type) {
    return Optional.ofNullable(type.getProtectionDomain().getCodeSource())
        .map(CodeSource::getLocation)
        .map(url -> readable(url.toString()));
  }

  private static Optional<String> placeOf(URL file) throws IOException {
    if (file.openConnection() instanceof JarURLConnection jar) {
      return Optional.of(readable(jar.getJarFileURL().toString()));
    }
    String url = file.toString();
    return Optional.of(readable(url.substring(0, url.length() - PATH.length())));
  }

  private static String readable(String url) {
    try {
      return Path.of(URI.create(url)).toString();
    } catch (RuntimeException e) { // not of a file, or no URI at all: the URL says it too
      return url;
    }
  }

  /**
   * A line of a service file.
   *
   * @param name of the class
   * @param place the jar or folder that has the file
   * @param loader that looks for the class
   */
  record Entry(String name, Optional<String> place, ClassLoader loader) {
    private boolean explains(Throwable error) {
      if (error instanceof ServiceConfigurationError) {
        return Arrays.asList(String.valueOf(error.getMessage()).split("[\\s:]+")).contains(name);
      }
      try {
        load();
        return false;
      } catch (VirtualMachineError e) {
        throw e;
      } catch (Throwable e) {
        return true;
      }
    }

    /**
     * Loads the class as far as the search does, and so fails again where the search did; runs no
     * code of it.
     */
    Class<?> load() throws ClassNotFoundException, NoSuchMethodException {
      Class<?> type = Class.forName(name, false, loader);
      if (EngineProvider.class.isAssignableFrom(type)) {
        type.getConstructor();
      }
      return type;
    }
  }
}

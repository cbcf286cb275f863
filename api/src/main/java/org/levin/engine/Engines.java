package org.levin.engine;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Finds the engines on the class path.
 *
 * <p>A name that was asked for (by argument, or by the system property {@value #PROPERTY}) is used
 * or fails loudly; otherwise the available engine with the highest priority is taken, ties by name.
 * A provider that cannot be loaded is logged and never hides the others; {@link #discover} tells
 * what is wrong with it.
 */
public final class Engines {
  /** System property that forces an engine by name. */
  public static final String PROPERTY = "levin.engine";

  private static final System.Logger LOG = System.getLogger(Engines.class.getName());

  private Engines() {}

  /** Searches the class path of the current thread; logs nothing, and never fails. */
  public static Discovery discover() {
    return ProviderSearch.run();
  }

  /**
   * Returns every provider that could be loaded, best first: by priority, then by name.
   *
   * @throws IllegalStateException if two have the same name
   */
  public static List<EngineProvider> providers() {
    Discovery discovery = discover();
    discovery.requireDistinctNames();
    warn(discovery);
    return discovery.providers();
  }

  /** Returns the provider that will be used, as {@link Discovery#select} says. */
  public static EngineProvider select(Optional<String> name) {
    Discovery discovery = discover();
    // Where this fails, the exception tells of the broken ones.
    EngineProvider provider = discovery.select(name);
    warn(discovery);
    return provider;
  }

  /**
   * Selects a provider, as {@link #select} does, and opens its engine, which the caller closes; the
   * log says which it is.
   */
  public static Engine open(Optional<String> name, EngineOptions options) {
    EngineProvider provider = select(name);
    if (availability(provider) instanceof Availability.Available available) {
      LOG.log(System.Logger.Level.DEBUG, "engine " + provider.name() + ": " + available.detail());
    }
    return provider.open(options);
  }

  /**
   * Returns what a provider answers; where it breaks its promise to answer, it is unavailable for
   * that reason.
   */
  public static Availability availability(EngineProvider provider) {
    try {
      return Objects.requireNonNull(provider.availability(), "its availability is null");
    } catch (Throwable e) { // code of a stranger may throw anything
      return Breakage.of(
          provider.getClass().getName() + ".availability() failed",
          e,
          ServiceFiles.placeOf(provider.getClass()));
    }
  }

  private static void warn(Discovery discovery) {
    for (BrokenProvider broken : discovery.broken()) {
      LOG.log(System.Logger.Level.WARNING, "an engine on the class path cannot be used: " + broken);
    }
  }
}

package org.levin.engine;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.stream.Collectors;

/**
 * Finds the engines on the class path.
 *
 * <p>A name that was asked for (by argument, or by the system property {@value #PROPERTY}) is used
 * or fails loudly; otherwise the available engine with the highest priority is taken, ties by name.
 * A provider that cannot be loaded is logged and never hides the others.
 */
public final class Engines {
  /** System property that forces an engine by name. */
  public static final String PROPERTY = "levin.engine";

  private static final System.Logger LOG = System.getLogger(Engines.class.getName());

  /**
   * A class path that cannot be searched at all fails again at every try; so many broken engines
   * nobody has.
   */
  private static final int MOST_FAILURES = 100;

  private Engines() {}

  /**
   * Returns every provider that could be loaded, best first: by priority, then by name.
   *
   * @throws IllegalStateException if two have the same name
   */
  public static List<EngineProvider> providers() {
    List<EngineProvider> providers = new ArrayList<>();
    Iterator<EngineProvider> loader = ServiceLoader.load(EngineProvider.class).iterator();
    for (int failures = 0; failures < MOST_FAILURES; ) {
      try {
        // hasNext() too may fail on a broken provider; the iterator then goes on behind it.
        if (!loader.hasNext()) {
          break;
        }
        EngineProvider provider = loader.next();
        if (isSound(provider)) {
          providers.add(provider);
        }
      } catch (ServiceConfigurationError | LinkageError e) {
        failures++;
        LOG.log(
            System.Logger.Level.WARNING, "an engine on the class path cannot be loaded: " + e, e);
      }
    }
    providers.sort(
        Comparator.comparingInt(EngineProvider::priority)
            .reversed()
            .thenComparing(EngineProvider::name));
    requireDistinctNames(providers);
    return List.copyOf(providers);
  }

  /**
   * Returns the provider that will be used.
   *
   * @param name the name asked for; if empty, the system property {@value #PROPERTY} decides, and
   *     then the priority
   * @throws UnknownEngineException if no provider has the name
   * @throws EngineUnavailableException if that one, or every one, is unavailable here
   */
  public static EngineProvider select(Optional<String> name) {
    List<EngineProvider> providers = providers();
    Optional<String> wanted = name.or(() -> Optional.ofNullable(System.getProperty(PROPERTY)));
    EngineProvider provider = wanted.isPresent() ? named(providers, wanted.get()) : best(providers);
    if (availability(provider) instanceof Availability.Unavailable unavailable) {
      throw new EngineUnavailableException(describe(provider, unavailable));
    }
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

  private static EngineProvider named(List<EngineProvider> providers, String name) {
    return providers.stream()
        .filter(provider -> provider.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new UnknownEngineException(
                    name, providers.stream().map(EngineProvider::name).toList()));
  }

  private static EngineProvider best(List<EngineProvider> providers) {
    if (providers.isEmpty()) {
      throw new EngineUnavailableException(
          "no engine on the class path; add levin-engine-cpu to it");
    }
    return providers.stream()
        .filter(provider -> availability(provider) instanceof Availability.Available)
        .findFirst()
        .orElseThrow(() -> new EngineUnavailableException(describeAll(providers)));
  }

  private static String describeAll(List<EngineProvider> providers) {
    return providers.stream()
        .filter(provider -> availability(provider) instanceof Availability.Unavailable)
        .map(provider -> describe(provider, (Availability.Unavailable) availability(provider)))
        .collect(Collectors.joining("; "));
  }

  private static String describe(EngineProvider provider, Availability.Unavailable unavailable) {
    return "engine "
        + provider.name()
        + " is unavailable: "
        + unavailable.reason()
        + "; "
        + unavailable.remedy();
  }

  /** Whether it can say its name and priority; code of a stranger may throw anything. */
  private static boolean isSound(EngineProvider provider) {
    try {
      Objects.requireNonNull(provider.name(), "its name is null");
      provider.priority();
      return true;
    } catch (RuntimeException | LinkageError e) {
      LOG.log(
          System.Logger.Level.WARNING,
          "the engine of " + provider.getClass().getName() + " is left out: " + e,
          e);
      return false;
    }
  }

  /**
   * Returns what a provider answers; where it breaks its promise to answer, it is unavailable for
   * that reason.
   */
  public static Availability availability(EngineProvider provider) {
    try {
      return Objects.requireNonNull(provider.availability(), "its availability is null");
    } catch (RuntimeException | LinkageError e) {
      return new Availability.Unavailable(
          provider.getClass().getName() + ".availability() failed: " + e,
          "report it to its authors");
    }
  }

  private static void requireDistinctNames(List<EngineProvider> providers) {
    for (int i = 1; i < providers.size(); i++) {
      for (int j = 0; j < i; j++) {
        if (providers.get(i).name().equals(providers.get(j).name())) {
          throw new IllegalStateException(
              "two engines on the class path have the name "
                  + providers.get(i).name()
                  + ": "
                  + providers.get(j).getClass().getName()
                  + " and "
                  + providers.get(i).getClass().getName()
                  + "; remove one");
        }
      }
    }
  }
}

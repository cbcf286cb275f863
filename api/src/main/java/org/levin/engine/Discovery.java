package org.levin.engine;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a search of the class path found: the engines to choose from, and those that something is
 * wrong with.
 *
 * @param providers those that can be asked for, best first: by priority, then by name; whether one
 *     works here, {@link Engines#availability} tells
 * @param clashing those that share their name with another
 * @param broken those that cannot be loaded, or cannot say their name and priority, as found
 */
public record Discovery(
    List<EngineProvider> providers, List<BrokenProvider> clashing, List<BrokenProvider> broken) {
  /** Copies the lists. */
  public Discovery {
    providers = List.copyOf(providers);
    clashing = List.copyOf(clashing);
    broken = List.copyOf(broken);
  }

  /**
   * Returns the provider that will be used.
   *
   * @param name the name asked for; if empty, the system property {@value Engines#PROPERTY}
   *     decides, and then the priority
   * @throws UnknownEngineException if no provider has the name
   * @throws EngineUnavailableException if that one, or every one, is unavailable here or broken
   * @throws IllegalStateException if two have the same name, whichever was asked for: the class
   *     path is not what its maker meant
   */
  public EngineProvider select(Optional<String> name) {
    requireDistinctNames();
    Optional<String> wanted =
        name.or(() -> Optional.ofNullable(System.getProperty(Engines.PROPERTY)));
    EngineProvider provider = wanted.isPresent() ? named(wanted.get()) : best();
    if (Engines.availability(provider) instanceof Availability.Unavailable unavailable) {
      throw new EngineUnavailableException(describe(provider, unavailable));
    }
    return provider;
  }

  void requireDistinctNames() {
    if (!clashing.isEmpty()) {
      throw new IllegalStateException(
          "two engines on the class path have the name " + clashing.getFirst());
    }
  }

  private EngineProvider named(String name) {
    return providers.stream()
        .filter(provider -> provider.name().equals(name))
        .findFirst()
        .orElseThrow(() -> missing(name));
  }

  private RuntimeException missing(String name) {
    return broken.stream()
        .filter(provider -> provider.name().equals(name))
        .findFirst()
        .<RuntimeException>map(provider -> new EngineUnavailableException(describe(provider)))
        .orElseGet(
            () ->
                new UnknownEngineException(
                    name, providers.stream().map(EngineProvider::name).toList(), broken));
  }

  private EngineProvider best() {
    return providers.stream()
        .filter(provider -> Engines.availability(provider) instanceof Availability.Available)
        .findFirst()
        .orElseThrow(() -> new EngineUnavailableException(describeAll()));
  }

  private String describeAll() {
    if (providers.isEmpty() && broken.isEmpty()) {
      return "no engine on the class path; add levin-engine-cpu to it";
    }
    return Stream.concat(
            providers.stream().flatMap(Discovery::describeUnavailable),
            broken.stream().map(Discovery::describe))
        .collect(Collectors.joining("; "));
  }

  private static Stream<String> describeUnavailable(EngineProvider provider) {
    return Engines.availability(provider) instanceof Availability.Unavailable unavailable
        ? Stream.of(describe(provider, unavailable))
        : Stream.empty();
  }

  private static String describe(EngineProvider provider, Availability.Unavailable unavailable) {
    return "engine "
        + provider.name()
        + " is unavailable: "
        + unavailable.reason()
        + "; "
        + unavailable.remedy();
  }

  private static String describe(BrokenProvider provider) {
    return "engine "
        + provider.name()
        + " is broken: "
        + provider.why().reason()
        + "; "
        + provider.why().remedy();
  }
}

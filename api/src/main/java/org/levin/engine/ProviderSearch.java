package org.levin.engine;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.Spliterator;
import java.util.stream.Collectors;

/**
 * One search of the class path. {@link ServiceLoader} finds the providers; the service files are
 * read only where it stumbles, to tell over what.
 *
 * <p>Whatever a provider or a class loader throws is caught, since an engine that nobody asked for
 * must not stop the others; but never a {@link VirtualMachineError}.
 */
final class ProviderSearch {
  private static final System.Logger LOG = System.getLogger(Engines.class.getName());

  /**
   * A class path that cannot be searched at all fails again at every try; so many broken engines
   * nobody has.
   */
  private static final int MOST_FAILURES = 100;

  private final List<Sound> sound = new ArrayList<>();

  /** Without repetition: a search that fails at every try fails in the same way. */
  private final Set<BrokenProvider> broken = new LinkedHashSet<>();

  private Optional<ServiceFiles> files = Optional.empty();

  private ProviderSearch() {}

  static Discovery run() {
    ProviderSearch search = new ProviderSearch();
    search.findAll();
    search.sound.sort(
        Comparator.comparingInt(Sound::priority).reversed().thenComparing(Sound::name));
    List<EngineProvider> distinct = new ArrayList<>();
    List<BrokenProvider> clashing = new ArrayList<>();
    for (Sound one : search.sound) {
      List<Sound> twins =
          search.sound.stream()
              .filter(other -> other != one && other.name().equals(one.name()))
              .toList();
      if (twins.isEmpty()) {
        distinct.add(one.provider());
      } else {
        clashing.add(one.clashingWith(twins));
      }
    }
    return new Discovery(distinct, clashing, List.copyOf(search.broken));
  }

  private void findAll() {
    Spliterator<ServiceLoader.Provider<EngineProvider>> found =
        ServiceLoader.load(EngineProvider.class).stream().spliterator();
    for (int failures = 0; failures < MOST_FAILURES; failures++) {
      try {
        found.forEachRemaining(this::take);
        return;
      } catch (VirtualMachineError e) {
        throw e;
      } catch (Throwable e) {
        // A class that cannot be loaded; the search goes on behind it.
        broken.add(unloadable(e));
        log(e);
      }
    }
  }

  private void take(ServiceLoader.Provider<EngineProvider> found) {
    String type = found.type().getName();
    String name = type;
    String step = "it cannot be made";
    try {
      EngineProvider provider = found.get();
      step = type + ".name() failed";
      name = Objects.requireNonNull(provider.name(), "the name is null");
      step = type + ".priority() failed";
      sound.add(new Sound(provider, name, provider.priority()));
    } catch (Throwable e) {
      broken.add(unusable(name, Breakage.of(step, e, ServiceFiles.placeOf(found.type()))));
      log(e);
    }
  }

  private BrokenProvider unloadable(Throwable error) {
    ServiceFiles witness = files.orElseGet(ServiceFiles::read);
    files = Optional.of(witness);
    return witness
        .explain(error)
        .map(entry -> unusable(entry.name(), why(entry, error)))
        .orElseGet(
            () ->
                unusable(
                    ServiceFiles.PATH,
                    new Availability.Unavailable(
                        Breakage.of("the search for engines failed", error, Optional.empty())
                            .reason(),
                        "look through the jars and folders on the class path")));
  }

  private static Availability.Unavailable why(ServiceFiles.Entry entry, Throwable error) {
    String removal = Breakage.removal(entry.place());
    try {
      Class<?> type = entry.load();
      return EngineProvider.class.isAssignableFrom(type)
          ? Breakage.of("its class cannot be loaded", error, entry.place())
          : new Availability.Unavailable(
              "its class does not implement " + EngineProvider.class.getName(), removal);
    } catch (ClassNotFoundException e) {
      return new Availability.Unavailable(
          "its class is not on the class path", "add the jar that has the class, or " + removal);
    } catch (NoSuchMethodException e) {
      return new Availability.Unavailable(
          "its class has no public constructor without arguments",
          "report it to its authors, or " + removal);
    } catch (Throwable e) {
      return Breakage.of("its class cannot be loaded", e, entry.place());
    }
  }

  private static BrokenProvider unusable(String name, Availability.Unavailable why) {
    return new BrokenProvider(name, OptionalInt.empty(), why);
  }

  private static void log(Throwable error) {
    LOG.log(System.Logger.Level.DEBUG, "an engine on the class path cannot be used", error);
  }

  /** A provider that could say who it is, and what it said. */
  private record Sound(EngineProvider provider, String name, int priority) {
    BrokenProvider clashingWith(List<Sound> twins) {
      return new BrokenProvider(
          name,
          OptionalInt.of(priority),
          new Availability.Unavailable(
              this
                  + " clashes with "
                  + twins.stream().map(Sound::toString).collect(Collectors.joining(" and "))
                  + ", of the same name",
              "keep one of them on the class path, and remove what else has the name"));
    }

    @Override
    public String toString() {
      Class<?> type = provider.getClass();
      return type.getName() + ServiceFiles.placeOf(type).map(place -> " in " + place).orElse("");
    }
  }
}

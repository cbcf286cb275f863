package org.levin.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

class EnginesTest {
  @TempDir Path folder;
  private ServiceFolder services;

  @BeforeEach
  void putAFolderOnTheClassPath() throws IOException {
    services = new ServiceFolder(folder);
  }

  @AfterEach
  void takeItOffAgain() throws IOException {
    services.close();
    System.clearProperty(Engines.PROPERTY);
  }

  @Test
  void listsTheBestFirstByPriorityAndThenByName() throws IOException {
    services.list(Low.class, Zebra.class, High.class, Ant.class);
    assertEquals(List.of("high", "ant", "zebra", "low"), names());
  }

  @Test
  void takesTheAvailableOneWithTheHighestPriority() throws IOException {
    services.list(Low.class, Zebra.class, High.class, Ant.class);
    assertEquals("ant", Engines.select(Optional.empty()).name(), "high is unavailable");
  }

  @Test
  void takesTheOneThatWasAskedFor() throws IOException {
    services.list(Low.class, Zebra.class, Ant.class);
    assertEquals("low", Engines.select(Optional.of("low")).name());
    System.setProperty(Engines.PROPERTY, "zebra");
    assertEquals("zebra", Engines.select(Optional.empty()).name());
    assertEquals("low", Engines.select(Optional.of("low")).name(), "an argument goes first");
  }

  @Test
  void aNameThatNobodyHasIsAnErrorThatListsTheKnown() throws IOException {
    services.list(Low.class, Ant.class);
    refuses(
        UnknownEngineException.class,
        "unknown engine \"gpu\"; on the class path: ant, low",
        () -> Engines.select(Optional.of("gpu")));
    System.setProperty(Engines.PROPERTY, "Ant");
    refuses(
        UnknownEngineException.class,
        "unknown engine \"Ant\"; on the class path: ant, low",
        () -> Engines.select(Optional.empty()));
  }

  @Test
  void anEngineThatWasAskedForIsNeverReplacedByAnother() throws IOException {
    services.list(High.class, Ant.class);
    refuses(
        EngineUnavailableException.class,
        "engine high is unavailable: it has no device; plug one in",
        () -> Engines.select(Optional.of("high")));
  }

  @Test
  void whereNoneIsAvailableAllSayWhy() throws IOException {
    services.list(High.class, Offline.class);
    refuses(
        EngineUnavailableException.class,
        "engine high is unavailable: it has no device; plug one in; "
            + "engine offline is unavailable: its driver is too old; install a newer one",
        () -> Engines.select(Optional.empty()));
  }

  @Test
  void whereThereIsNoneSaysWhatToAdd() {
    assertEquals(List.of(), Engines.providers());
    refuses(
        EngineUnavailableException.class,
        "no engine on the class path; add levin-engine-cpu to it",
        () -> Engines.select(Optional.empty()));
    refuses(
        UnknownEngineException.class,
        "unknown engine \"cpu\"; on the class path: none",
        () -> Engines.select(Optional.of("cpu")));
  }

  @Test
  void twoOfOneNameAreAnErrorThatNamesBoth() throws IOException {
    services.list(Low.class, Ant.class, Twin.class);
    IllegalStateException refusal =
        assertThrows(IllegalStateException.class, () -> Engines.select(Optional.of("low")));
    assertTrue(refusal.getMessage().contains("have the name ant"), refusal.getMessage());
    assertTrue(refusal.getMessage().contains(Ant.class.getName()), refusal.getMessage());
    assertTrue(refusal.getMessage().contains(Twin.class.getName()), refusal.getMessage());
  }

  @Test
  void providersThatCannotSayWhoTheyAreAreLeftOut() throws IOException {
    services.list(Nameless.class.getName(), Moody.class.getName(), Ant.class.getName());
    List<String> warnings = services.warningsOf(() -> assertEquals(List.of("ant"), names()));
    assertEquals(2, warnings.size(), warnings.toString());
    assertTrue(warnings.getFirst().contains(Nameless.class.getName()), warnings.toString());
    assertTrue(warnings.getLast().contains(Moody.class.getName()), warnings.toString());
  }

  @Test
  void aProviderThatThrowsInsteadOfAnsweringIsUnavailable() throws IOException {
    services.list(Ill.class.getName(), Low.class.getName());
    assertEquals("low", Engines.select(Optional.empty()).name());
    String message =
        assertThrows(EngineUnavailableException.class, () -> Engines.select(Optional.of("ill")))
            .getMessage();
    assertTrue(message.contains(Ill.class.getName()), message);
    assertTrue(message.contains("no driver"), message);
  }

  @Test
  void brokenProvidersDoNotHideTheOthers() throws IOException {
    services.classes().addClassOfTheFuture("broken.OfTheFuture");
    services.classes().addClassWithoutItsParent("broken.Orphan");
    services.classes().addClassThatIsNoProvider("broken.Stranger");
    services.list(
        "broken.Missing",
        Low.class.getName(),
        "broken.OfTheFuture",
        "broken.Orphan",
        Throwing.class.getName(),
        ThrowingOnceLoaded.class.getName(),
        Secretive.class.getName(),
        "broken.Stranger",
        Ant.class.getName(),
        "broken.MissingToo");
    List<String> warnings = services.warningsOf(() -> assertEquals(List.of("ant", "low"), names()));
    assertEquals(8, warnings.size(), warnings.toString());
    for (String broken :
        List.of(
            "broken.Missing",
            "broken.OfTheFuture",
            "missing.Parent",
            Throwing.class.getName(),
            ThrowingOnceLoaded.class.getName(),
            Secretive.class.getName(),
            "broken.Stranger",
            "broken.MissingToo")) {
      assertTrue(warnings.stream().anyMatch(w -> w.contains(broken)), broken + ": " + warnings);
    }
  }

  @Test
  void aServiceFileOfNonsenseDoesNotHideTheOthers() throws IOException {
    services.list("this is no name of a class!", Ant.class.getName());
    try (ServiceFolder second = new ServiceFolder(folder.resolve("second"))) {
      second.list(Low.class);
      List<String> warnings = second.warningsOf(() -> assertTrue(names().contains("low")));
      assertEquals(1, warnings.size(), warnings.toString());
    }
  }

  @Test
  void aClassPathThatCannotBeSearchedIsNotSearchedForEver() throws IOException {
    services.list(Ant.class);
    services.breakSearch(5_000);
    List<String> warnings = services.warningsOf(() -> assertEquals(List.of(), names()));
    assertTrue(warnings.size() < 1_000, "it tried " + warnings.size() + " times");
    assertTrue(warnings.getFirst().contains("the disk is gone"), warnings.getFirst());
  }

  private static List<String> names() {
    return Engines.providers().stream().map(EngineProvider::name).toList();
  }

  private static void refuses(
      Class<? extends RuntimeException> type, String message, Executable call) {
    assertEquals(message, assertThrows(type, call).getMessage());
  }

  /** A provider that has no engine, but all that the lookup asks for. */
  abstract static class Listed implements EngineProvider {
    private final String name;
    private final int priority;
    private final Availability availability;

    Listed(String name, int priority, Availability availability) {
      this.name = name;
      this.priority = priority;
      this.availability = availability;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public int priority() {
      return priority;
    }

    @Override
    public Availability availability() {
      return availability;
    }

    @Override
    public Engine open(EngineOptions options) {
      throw new IllegalStateException("the lookup opens nothing");
    }
  }

  /** Available, but the last choice. */
  public static final class Low extends Listed {
    public Low() {
      super("low", -5, new Availability.Available("test"));
    }
  }

  /** Available. */
  public static final class Ant extends Listed {
    public Ant() {
      super("ant", 3, new Availability.Available("test"));
    }
  }

  /** Available, as good as the ant. */
  public static final class Zebra extends Listed {
    public Zebra() {
      super("zebra", 3, new Availability.Available("test"));
    }
  }

  /** Of the ant's name. */
  public static final class Twin extends Listed {
    public Twin() {
      super("ant", 100, new Availability.Available("test"));
    }
  }

  /** The first choice, but unavailable. */
  public static final class High extends Listed {
    public High() {
      super("high", 10, new Availability.Unavailable("it has no device", "plug one in"));
    }
  }

  /** Unavailable too. */
  public static final class Offline extends Listed {
    public Offline() {
      super(
          "offline",
          1,
          new Availability.Unavailable("its driver is too old", "install a newer one"));
    }
  }

  /** Cannot be made. */
  public static final class Throwing extends Listed {
    public Throwing() {
      super("throwing", 0, new Availability.Available("test"));
      throw new UnsupportedOperationException("not today");
    }
  }

  /** Cannot be initialised, as a class whose native library is missing. */
  public static final class ThrowingOnceLoaded extends Listed {
    private static final String LIBRARY = find();

    public ThrowingOnceLoaded() {
      super(LIBRARY, 0, new Availability.Available("test"));
    }

    private static String find() {
      throw new UnsatisfiedLinkError("no library");
    }
  }

  /** Has no name. */
  public static final class Nameless extends Listed {
    public Nameless() {
      super(null, 9, new Availability.Available("test"));
    }
  }

  /** Cannot say how good it is. */
  public static final class Moody extends Listed {
    public Moody() {
      super("moody", 9, new Availability.Available("test"));
    }

    @Override
    public int priority() {
      throw new IllegalStateException("not in the mood");
    }
  }

  /** Throws where it should say why it cannot work. */
  public static final class Ill extends Listed {
    public Ill() {
      super("ill", 9, new Availability.Available("test"));
    }

    @Override
    public Availability availability() {
      throw new UnsatisfiedLinkError("no driver");
    }
  }

  /** Has no constructor that anybody may call. */
  public static final class Secretive extends Listed {
    private Secretive() {
      super("secretive", 0, new Availability.Available("test"));
    }
  }
}

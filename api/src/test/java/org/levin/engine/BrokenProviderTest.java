package org.levin.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said of an engine that cannot be used, and that it hides no other. */
class BrokenProviderTest {
  private static final int JAVA = Runtime.version().feature();

  @TempDir Path folder;
  private ServiceFolder services;

  @BeforeEach
  void putAFolderOnTheClassPath() throws IOException {
    services = new ServiceFolder(folder);
  }

  @AfterEach
  void takeItOffAgain() throws IOException {
    services.close();
  }

  @Test
  void aClassThatIsNotThere() throws IOException {
    only(
        "broken.Missing",
        "its class is not on the class path",
        "add the jar that has the class, or remove " + folder + " from the class path");
  }

  @Test
  void aClassOfANewerJava() throws IOException {
    services.classes().addClassOfTheFuture("broken.OfTheFuture");
    only(
        "broken.OfTheFuture",
        "its class cannot be loaded: broken.OfTheFuture is compiled for Java "
            + (JAVA + 100)
            + ", and this is Java "
            + JAVA,
        "start Java " + (JAVA + 100) + " or newer, or " + removal());
  }

  @Test
  void aClassWhoseParentIsMissing() throws IOException {
    services.classes().addClassWithoutItsParent("broken.Orphan");
    only(
        "broken.Orphan",
        "its class cannot be loaded: it needs the class missing.Parent, which is not on the class"
            + " path",
        "add the jar that has missing.Parent, or " + removal());
  }

  @Test
  void aClassWhoseLibraryIsMissing() throws IOException {
    services.classes().addClassWithoutItsLibrary("broken.Poor");
    only(
        "broken.Poor",
        "it cannot be made: it needs the class missing.Library, which is not on the class path",
        "add the jar that has missing.Library, or " + removal());
  }

  @Test
  void aClassWhoseConstructorTakesWhatIsMissing() throws IOException {
    services.classes().addClassWithoutItsArgument("broken.Demanding");
    only(
        "broken.Demanding",
        "its class cannot be loaded: it needs the class missing.Argument, which is not on the class"
            + " path",
        "add the jar that has missing.Argument, or " + removal());
  }

  @Test
  void aClassFileThatIsCutOff() throws IOException {
    services.classes().addHalfAClass("broken.Half");
    BrokenProvider half = only("broken.Half");
    says(half.why().reason(), "its class cannot be loaded: a class file is damaged: ");
    assertEquals("replace the jar, or " + removal(), half.why().remedy());
  }

  @Test
  void aClassFileOfAnotherName() throws IOException {
    services.classes().addClassOfAnotherName("broken.Named");
    BrokenProvider named = only("broken.Named");
    says(named.why().reason(), "its class cannot be loaded", "wrong name: another/Name");
  }

  @Test
  void aClassThatIsNoProvider() throws IOException {
    services.classes().addClassThatIsNoProvider("broken.Stranger");
    only(
        "broken.Stranger",
        "its class does not implement org.levin.engine.EngineProvider",
        removal());
  }

  @Test
  void aClassOfAnotherVersionOfTheInterface() throws IOException {
    services.classes().addClassOfAnotherVersion("broken.Old");
    BrokenProvider old = only("broken.Old");
    says(
        old.why().reason(),
        "broken.Old.name() failed: it was built for another version of Levin or of a library",
        "AbstractMethodError");
    says(old.why().remedy(), "take versions that fit each other", folder.toString());
  }

  @Test
  void aConstructorThatNobodyMayCall() throws IOException {
    only(
        EnginesTest.Secretive.class.getName(),
        "its class has no public constructor without arguments",
        "report it to its authors, or " + removal());
  }

  @Test
  void aConstructorThatThrows() throws IOException {
    BrokenProvider throwing = only(EnginesTest.Throwing.class.getName());
    assertEquals(
        "it cannot be made: java.lang.UnsupportedOperationException: not today",
        throwing.why().reason());
    says(throwing.why().remedy(), "report it to its authors, or remove ", "test-classes");
  }

  @Test
  void aNativeLibraryThatIsMissingAtTheFirstTryAndAtTheSecond() throws IOException {
    String name = EnginesTest.ThrowingOnceLoaded.class.getName();
    services.list(name);
    Engines.discover();
    BrokenProvider again = only(name);
    assertEquals(
        "it cannot be made: a native library cannot be used: java.lang.UnsatisfiedLinkError: no"
            + " library",
        again.why().reason());

    BrokenProvider wrapping = only(Wrapping.class.getName());
    assertEquals(
        "it cannot be made: java.lang.IllegalStateException: no device: a native library cannot be"
            + " used: java.lang.UnsatisfiedLinkError: no cudart in the library path",
        wrapping.why().reason());
    says(wrapping.why().remedy(), "install the library", "-Djava.library.path");
  }

  @Test
  void oneWithoutANameAndOneWithoutAPriority() throws IOException {
    BrokenProvider nameless = only(EnginesTest.Nameless.class.getName());
    says(nameless.why().reason(), "Nameless.name() failed: ", "the name is null");

    services.list(EnginesTest.Moody.class);
    BrokenProvider moody = Engines.discover().broken().getFirst();
    assertEquals("moody", moody.name(), "it could say that");
    assertEquals(OptionalInt.empty(), moody.priority());
    says(moody.why().reason(), "Moody.priority() failed: ", "not in the mood");
  }

  @Test
  void whateverItThrowsTheOthersAreFound() throws IOException {
    services.list(Asserting.class, Sneaky.class, EnginesTest.Ant.class);
    Discovery discovery = Engines.discover();
    assertEquals(List.of("ant"), names(discovery));
    says(discovery.broken().getFirst().why().reason(), "AssertionError: never here");
    says(discovery.broken().getLast().why().reason(), "IOException: the disk is gone");
  }

  @Test
  void butAnErrorOfTheJvmIsNobodysToCatch() throws IOException {
    services.list(Huge.class, EnginesTest.Ant.class);
    assertThrows(OutOfMemoryError.class, Engines::discover);
    services.list(Endless.class, EnginesTest.Ant.class);
    assertThrows(StackOverflowError.class, Engines::discover);
    EngineProvider hungry = new Hungry();
    assertThrows(OutOfMemoryError.class, () -> Engines.availability(hungry));
  }

  @Test
  void manyAtOnceEachByItsOwnName() throws IOException {
    services.classes().addClassWithoutItsParent("broken.OrphanToo");
    services.classes().addClassOfTheFuture("broken.OfTheFuture");
    services.classes().addClassWithoutItsParent("broken.Orphan");
    services.list(
        "broken.Missing",
        "broken.MissingToo",
        "broken.OrphanToo",
        EnginesTest.Ant.class.getName(),
        "broken.Orphan",
        "broken.OfTheFuture");
    Discovery discovery = Engines.discover();
    assertEquals(List.of("ant"), names(discovery));
    assertEquals(
        List.of(
            "broken.Missing",
            "broken.MissingToo",
            "broken.OrphanToo",
            "broken.Orphan",
            "broken.OfTheFuture"),
        discovery.broken().stream().map(BrokenProvider::name).toList());
  }

  @Test
  void aJarIsNamed() throws IOException {
    Path jar = services.addJar("some engine.jar", "# of old", "broken.InJar # gone");
    BrokenProvider broken = Engines.discover().broken().getFirst();
    assertEquals("broken.InJar", broken.name());
    says(broken.why().remedy(), "remove " + jar + " from the class path");
  }

  @Test
  void aServiceFileThatIsNone() throws IOException {
    services.list("this is no name of a class!");
    BrokenProvider file = Engines.discover().broken().getFirst();
    assertEquals("META-INF/services/org.levin.engine.EngineProvider", file.name());
    says(file.why().reason(), folder.toUri().getPath(), ":1: Illegal");
    says(file.why().remedy(), "look through the jars and folders");
  }

  @Test
  void oneThatWasAskedForByNameIsRefusedWithWhatIsKnown() throws IOException {
    services.list(
        "broken.Missing", EnginesTest.Moody.class.getName(), EnginesTest.Ant.class.getName());
    Discovery discovery = Engines.discover();
    String unknown =
        assertThrows(UnknownEngineException.class, () -> discovery.select(Optional.of("cuda")))
            .getMessage();
    says(
        unknown,
        "unknown engine \"cuda\"; on the class path: ant; broken: broken.Missing: its class is not"
            + " on the class path; add",
        "; broken: moody: ");
    String known =
        assertThrows(EngineUnavailableException.class, () -> discovery.select(Optional.of("moody")))
            .getMessage();
    says(known, "engine moody is broken: ", "not in the mood", "; report it");
  }

  @Test
  void whereNoneIsAvailableTheBrokenSayWhyToo() throws IOException {
    services.list("broken.Missing", EnginesTest.High.class.getName());
    says(
        assertThrows(
                EngineUnavailableException.class, () -> Engines.discover().select(Optional.empty()))
            .getMessage(),
        "engine high is unavailable: it has no device; plug one in; ",
        "engine broken.Missing is broken: its class is not on the class path; add");
    services.list("broken.Missing");
    says(
        assertThrows(
                EngineUnavailableException.class, () -> Engines.discover().select(Optional.empty()))
            .getMessage(),
        "engine broken.Missing is broken: ");
  }

  @Test
  void twoOfOneNameAreBothShownAndNeitherIsUsed() throws IOException {
    services.list(EnginesTest.Low.class, EnginesTest.Ant.class, EnginesTest.Twin.class);
    Discovery discovery = Engines.discover();
    assertEquals(List.of("low"), names(discovery));
    assertEquals(2, discovery.clashing().size());
    BrokenProvider twin = discovery.clashing().getFirst();
    assertEquals("ant", twin.name());
    assertEquals(OptionalInt.of(100), twin.priority());
    says(twin.why().reason(), EnginesTest.Twin.class.getName() + " in ", " clashes with ");
    says(discovery.clashing().getLast().why().reason(), EnginesTest.Ant.class.getName() + " in ");
    says(twin.why().remedy(), "keep one of them");
  }

  private String removal() {
    return "remove " + folder + " from the class path";
  }

  private void only(String name, String reason, String remedy) throws IOException {
    BrokenProvider broken = only(name);
    assertEquals(reason, broken.why().reason());
    assertEquals(remedy, broken.why().remedy());
  }

  /** Finds it between two sound ones. */
  private BrokenProvider only(String name) throws IOException {
    services.list(EnginesTest.Low.class.getName(), name, EnginesTest.Ant.class.getName());
    Discovery discovery = Engines.discover();
    assertEquals(List.of("ant", "low"), names(discovery));
    assertEquals(1, discovery.broken().size(), discovery.toString());
    BrokenProvider broken = discovery.broken().getFirst();
    assertEquals(name, broken.name());
    assertFalse(broken.toString().contains("\n"), "one line");
    return broken;
  }

  private static List<String> names(Discovery discovery) {
    return discovery.providers().stream().map(EngineProvider::name).toList();
  }

  private static void says(String text, String... parts) {
    for (String part : parts) {
      assertTrue(text.contains(part), () -> "expected \"" + part + "\" in: " + text);
    }
  }

  /** Says more than what lies behind it. */
  public static final class Wrapping extends EnginesTest.Listed {
    public Wrapping() {
      super("wrapping", 0, new Availability.Available("test"));
      throw new IllegalStateException(
          "no device", new UnsatisfiedLinkError("no cudart in the library path\nand much more"));
    }
  }

  /** Throws an error that is none of linking. */
  public static final class Asserting extends EnginesTest.Listed {
    public Asserting() {
      super("asserting", 0, new Availability.Available("test"));
      throw new AssertionError("never here");
    }
  }

  /** Throws what its signature does not say. */
  public static final class Sneaky extends EnginesTest.Listed {
    public Sneaky() {
      super("sneaky", 0, new Availability.Available("test"));
    }

    @Override
    public String name() {
      throw Sneaky.<RuntimeException>undeclared(new IOException("the disk is gone"));
    }

    @SuppressWarnings("unchecked")
    private static <E extends Throwable> E undeclared(Throwable throwable) throws E {
      throw (E) throwable;
    }
  }

  /** Takes all memory. */
  public static final class Huge extends EnginesTest.Listed {
    public Huge() {
      super("huge", 0, new Availability.Available("test"));
      throw new OutOfMemoryError("test");
    }
  }

  /** Never ends, save that the stack does. */
  public static final class Endless extends EnginesTest.Listed {
    public Endless() {
      super("endless", 0, new Availability.Available("test"));
    }

    @Override
    public int priority() {
      return priority() + 1;
    }
  }

  /** Takes all memory when asked. */
  private static final class Hungry extends EnginesTest.Listed {
    Hungry() {
      super("hungry", 0, new Availability.Available("test"));
    }

    @Override
    public Availability availability() {
      throw new OutOfMemoryError("test");
    }
  }
}

package org.levin.engine;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Errors of a stranger's engine as a reason and a remedy, of one line each. */
final class Breakage {
  /** Causes may form a circle. */
  private static final int DEEPEST = 100;

  private static final Pattern CLASS_NAME = Pattern.compile("[\\w$]+([./][\\w$]+)*");

  private static final Pattern TOO_NEW =
      Pattern.compile("(\\S+) has been compiled by .*?class file version (\\d+).*");

  /** What is left of the error of an initializer when its class is asked for again. */
  private static final Pattern AGAIN =
      Pattern.compile("Exception (.*) \\[in thread .*", Pattern.DOTALL);

  /** Java 1 wrote class files of version 45. */
  private static final int BEFORE_JAVA_1 = 44;

  private Breakage() {}

  /**
   * Explains an error.
   *
   * @param step what failed, such as "its class cannot be loaded"
   * @param place the jar or folder of the engine
   * @throws VirtualMachineError if that is what lies behind the error: the trouble is not the
   *     engine's alone
   */
  static Availability.Unavailable of(String step, Throwable error, Optional<String> place) {
    List<Throwable> causes =
        Stream.iterate(error, Objects::nonNull, Throwable::getCause).limit(DEEPEST).toList();
    for (Throwable cause : causes) {
      if (cause instanceof VirtualMachineError fatal) {
        throw fatal;
      }
    }
    Throwable root = causes.getLast();
    Availability.Unavailable unavailable = of(root, removal(place));
    // What the engine's own code said, where it wrapped the root.
    String wrapper =
        causes.stream()
            .filter(cause -> cause != root && !addsNothing(cause))
            .findFirst()
            .map(cause -> ": " + line(cause))
            .orElse("");
    return new Availability.Unavailable(
        step + wrapper + ": " + unavailable.reason(), unavailable.remedy());
  }

  /** How to get rid of an engine. */
  static String removal(Optional<String> place) {
    return "remove " + place.orElse("it") + " from the class path";
  }

  /** Whether an error says no more than its cause. */
  private static boolean addsNothing(Throwable error) {
    return error instanceof LinkageError || error instanceof ServiceConfigurationError;
  }

  private static Availability.Unavailable of(Throwable root, String removal) {
    String message = String.valueOf(root.getMessage());
    return switch (root) {
      case UnsupportedClassVersionError e -> tooNew(message, removal);
      case ClassFormatError e ->
          new Availability.Unavailable(
              "a class file is damaged: " + line(e), "replace the jar, or " + removal);
      case VerifyError e ->
          new Availability.Unavailable(
              "a class file is damaged: " + line(e), "replace the jar, or " + removal);
      case NoClassDefFoundError e when CLASS_NAME.matcher(message).matches() ->
          missing(message, removal);
      case ClassNotFoundException e when CLASS_NAME.matcher(message).matches() ->
          missing(message, removal);
      case UnsatisfiedLinkError e -> withoutLibrary(e, removal);
      case ExceptionInInitializerError e
          when line(e).startsWith(UnsatisfiedLinkError.class.getName()) ->
          withoutLibrary(e, removal);
      case IncompatibleClassChangeError e ->
          new Availability.Unavailable(
              "it was built for another version of Levin or of a library: " + line(e),
              "take versions that fit each other, or " + removal);
      default ->
          new Availability.Unavailable(line(root), "report it to its authors, or " + removal);
    };
  }

  private static Availability.Unavailable tooNew(String message, String removal) {
    Matcher matcher = TOO_NEW.matcher(message);
    if (!matcher.matches()) {
      return new Availability.Unavailable(message, "start a newer Java, or " + removal);
    }
    int needed = Integer.parseInt(matcher.group(2)) - BEFORE_JAVA_1;
    return new Availability.Unavailable(
        matcher.group(1).replace('/', '.')
            + " is compiled for Java "
            + needed
            + ", and this is Java "
            + Runtime.version().feature(),
        "start Java " + needed + " or newer, or " + removal);
  }

  private static Availability.Unavailable missing(String name, String removal) {
    String dotted = name.replace('/', '.');
    return new Availability.Unavailable(
        "it needs the class " + dotted + ", which is not on the class path",
        "add the jar that has " + dotted + ", or " + removal);
  }

  private static Availability.Unavailable withoutLibrary(LinkageError error, String removal) {
    return new Availability.Unavailable(
        "a native library cannot be used: " + line(error),
        "install the library, or name its folder with -Djava.library.path, or " + removal);
  }

  /** What an error says, in one line: some go on for pages. */
  private static String line(Throwable error) {
    String message = String.valueOf(error.getMessage());
    Matcher again = AGAIN.matcher(message);
    String text =
        switch (error) {
          case ServiceConfigurationError e -> message;
          case ExceptionInInitializerError e when again.matches() -> again.group(1);
          default -> error.toString();
        };
    return text.strip().lines().findFirst().orElse(error.getClass().getName());
  }
}

package org.levin.engine.cuda.check;

import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** What of many lines is said to people, in one line. */
final class Reason {
  private static final int MOST_CHARACTERS = 500;
  private static final Predicate<String> ERROR =
      Pattern.compile("^(# +SIG|Exception in thread|[\\w.]+(Exception|Error)\\b)").asPredicate();

  private Reason() {}

  /** Returns the first line that names an error; without one, the last that is not empty. */
  static String of(String text) {
    List<String> lines = text.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
    if (lines.isEmpty()) {
      return "";
    }
    String line = lines.stream().filter(ERROR).findFirst().orElse(lines.getLast());
    String told = line.replaceAll("\\s+", " ").replace('|', '/');
    return told.substring(0, Math.min(told.length(), MOST_CHARACTERS));
  }
}

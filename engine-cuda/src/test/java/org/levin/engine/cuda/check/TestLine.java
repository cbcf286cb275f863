package org.levin.engine.cuda.check;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.levin.engine.cuda.TestProgram;

/**
 * What a line of {@link TestProgram} tells.
 *
 * @param name the test's, for people
 * @param id the test's, to run it again; empty for what contains tests
 * @param failure what went wrong; empty if nothing, and while it is not there yet
 */
record TestLine(String name, String id, Optional<String> failure) {

  /** Returns whether a line says that it tells of a test. */
  static boolean isOne(String line) {
    return line.startsWith(TestProgram.BEGIN_MARK) || line.startsWith(TestProgram.MARK);
  }

  /** Returns what a line tells; empty if it tells of no test, or cannot be read. */
  static Optional<TestLine> read(String line) {
    if (!isOne(line)) {
      return Optional.empty();
    }
    List<String> fields = List.of(line.split("\t", -1));
    if (line.startsWith(TestProgram.BEGIN_MARK)) {
      return fields.size() == 3
          ? Optional.of(new TestLine(fields.get(1), fields.get(2), Optional.empty()))
          : Optional.empty();
    }
    return fields.size() == 4
        ? decoded(fields.get(2))
            .map(it -> new TestLine(fields.get(1), fields.get(3), Optional.of(it)))
        : Optional.empty();
  }

  private static Optional<String> decoded(String failure) {
    try {
      return Optional.of(new String(Base64.getDecoder().decode(failure), StandardCharsets.UTF_8));
    } catch (IllegalArgumentException e) {
      return Optional.empty(); // the process was ended in mid-line
    }
  }

  /** Returns whether the test has ended. */
  boolean ended() {
    return failure.isPresent();
  }

  /** Returns whether the test has ended, and not well. */
  boolean failed() {
    return failure.filter(text -> !text.isEmpty()).isPresent();
  }

  /** Returns it as people read it. */
  @Override
  public String toString() {
    return failure
        .map(text -> text.isEmpty() ? "passed: " + name : "FAILED: " + name + "\n" + text)
        .orElse("testing: " + name);
  }
}

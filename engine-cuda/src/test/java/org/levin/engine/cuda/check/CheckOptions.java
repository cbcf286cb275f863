package org.levin.engine.cuda.check;

import java.nio.file.Path;
import java.util.List;

/**
 * What the program is told.
 *
 * @param text to train on
 * @param textName what it is, for people
 * @param output the folder that the results go to
 * @param python the program that measures PyTorch
 * @param commit of the sources that everything was built from
 * @param tiny whether only to show that everything works
 * @param parts options of the parts to run; none for all
 */
record CheckOptions(
    Path text,
    String textName,
    Path output,
    Path python,
    String commit,
    boolean tiny,
    List<String> parts) {

  /** Where in the arguments the list of parts stands. */
  private static final int PARTS = 5;

  /**
   * Reads {@code TEXT NAME OUTPUT PYTHON COMMIT PARTS [--tiny]}, where {@code PARTS} has commas, or
   * is empty; the script has checked that they are there.
   */
  static CheckOptions parse(String... arguments) {
    return new CheckOptions(
        Path.of(arguments[0]),
        arguments[1],
        Path.of(arguments[2]).toAbsolutePath(),
        Path.of(arguments[3]),
        arguments[4],
        arguments.length > PARTS + 1 && arguments[PARTS + 1].equals("--tiny"),
        arguments[PARTS].isEmpty() ? List.of() : List.of(arguments[PARTS].split(",")));
  }

  Sizes sizes() {
    return tiny ? Sizes.tiny() : Sizes.whole();
  }
}

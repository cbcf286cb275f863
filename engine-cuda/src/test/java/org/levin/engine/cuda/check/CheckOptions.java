package org.levin.engine.cuda.check;

import java.nio.file.Path;

/**
 * What the program is told.
 *
 * @param text to train on
 * @param textName what it is, for people
 * @param output the folder that the results go to
 * @param python the program that measures PyTorch
 * @param commit of the sources that everything was built from
 * @param tiny whether only to show that everything works
 */
record CheckOptions(
    Path text, String textName, Path output, Path python, String commit, boolean tiny) {

  /** Reads {@code TEXT NAME OUTPUT PYTHON COMMIT [--tiny]}; the script has checked them. */
  static CheckOptions parse(String... arguments) {
    return new CheckOptions(
        Path.of(arguments[0]),
        arguments[1],
        Path.of(arguments[2]),
        Path.of(arguments[3]),
        arguments[4],
        arguments.length > 5 && arguments[5].equals("--tiny"));
  }

  Sizes sizes() {
    return tiny ? Sizes.tiny() : Sizes.whole();
  }
}

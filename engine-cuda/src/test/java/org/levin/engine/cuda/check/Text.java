package org.levin.engine.cuda.check;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.levin.corpus.Corpus;

/** The text that networks are trained on. */
final class Text {
  private Text() {}

  /** Returns the first characters of a file, encoded. */
  static Corpus start(Path file, long most) throws IOException {
    String text = Files.readString(file);
    int characters = (int) Math.min(most, text.codePointCount(0, text.length()));
    return Corpus.of(text.substring(0, text.offsetByCodePoints(0, characters)));
  }
}

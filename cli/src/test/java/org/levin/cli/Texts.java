package org.levin.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Small texts, and the smallest network that learns from them. */
final class Texts {
  /** A line with characters of one, two, three and four bytes. */
  private static final String LINE =
      "Alle gl\u00fccklichen Familien \u2013 \ud83d\ude00 gleichen einander.\n";

  private Texts() {}

  /** Returns a text of {@code lines} equal lines. */
  static String of(int lines) {
    return LINE.repeat(lines);
  }

  /** Writes such a text. */
  static Path write(Path file, int lines) throws IOException {
    return Files.writeString(file, of(lines));
  }

  /** Returns a command line that trains five steps of a tiny network, and more arguments. */
  static Object[] training(Object... more) {
    Object[] tiny = {
      "train", "--layers", 1, "--hidden", 8, "--batch", 4, "--sequence", 8, "--threads", 1
    };
    Object[] all = new Object[tiny.length + more.length];
    System.arraycopy(tiny, 0, all, 0, tiny.length);
    System.arraycopy(more, 0, all, tiny.length, more.length);
    return all;
  }

  /** Trains a tiny model of such a text and returns its file. */
  static Path model(Path folder) throws IOException {
    Path text = write(folder.resolve("text.txt"), 40);
    Path model = folder.resolve("tiny.safetensors");
    Outcome.levin(training("--text", text, "--model", model, "--steps", 5)).succeeded();
    return model;
  }
}

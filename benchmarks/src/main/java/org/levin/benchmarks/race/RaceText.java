package org.levin.benchmarks.race;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;

/** The texts that are run on. */
final class RaceText {
  private static final String NOVEL = "data/anna.txt";
  private static final int GENERATED_CHARACTERS = 2_000_000;
  private static final int WORDS = 5_000;
  private static final int LONGEST_WORD = 10;
  private static final int WORDS_IN_A_LINE = 12;

  /** As many symbols as an English novel has. */
  private static final String SYMBOLS =
      "etaoinshrdlucmfwypvbgkjqxzETAOINSHRDLUCMFWYPVBGKJQXZ0123456789.,;:!?'\"-()*&$%/@_`";

  /** The size of the text that is encoded. */
  private static final long LARGE = 100_000_000;

  private RaceText() {}

  /**
   * Returns the novel in the folder {@code shared} beside the project or, where there is none, a
   * text made up for the occasion.
   */
  static Path find(Path project, Path scratch) throws IOException {
    Path novel = project.resolveSibling("shared").resolve(NOVEL);
    if (Files.isReadable(novel)) {
      return novel;
    }
    System.err.println(
        "race: there is no " + novel + "; running on a text made up of random words");
    return Files.writeString(scratch.resolve("words.txt"), words());
  }

  private static String words() {
    SplittableRandom random = new SplittableRandom(Recipe.SEED);
    String[] words = new String[WORDS];
    for (int i = 0; i < WORDS; i++) {
      StringBuilder word = new StringBuilder();
      for (int length = random.nextInt(1, LONGEST_WORD); length > 0; length--) {
        // The smaller of two, so that the first symbols are common and the last are rare.
        int symbol = Math.min(random.nextInt(SYMBOLS.length()), random.nextInt(SYMBOLS.length()));
        word.append(SYMBOLS.charAt(symbol));
      }
      words[i] = word.toString();
    }
    StringBuilder text = new StringBuilder(SYMBOLS);
    while (text.length() < GENERATED_CHARACTERS) {
      text.append(words[random.nextInt(WORDS)])
          .append(random.nextInt(WORDS_IN_A_LINE) == 0 ? '\n' : ' ');
    }
    return text.toString();
  }

  /** Writes a text of at least 100 MB: the other one, over and over. */
  static Path large(Path text, Path scratch) throws IOException {
    byte[] once = Files.readString(text).getBytes(StandardCharsets.UTF_8);
    Path file = scratch.resolve("large.txt");
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
      for (long written = 0; written < LARGE; written += once.length) {
        out.write(once);
      }
    }
    return file;
  }
}

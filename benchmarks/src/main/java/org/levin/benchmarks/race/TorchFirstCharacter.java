package org.levin.benchmarks.race;

import java.io.IOException;
import java.nio.file.Path;
import org.levin.format.ModelFile;

/**
 * Loads a model, draws a character with libtorch, prints it, and waits until its input ends.
 *
 * <p>The argument is the model's file.
 */
public final class TorchFirstCharacter {
  private TorchFirstCharacter() {}

  /** Prints the character. */
  public static void main(String... arguments) throws IOException {
    ModelFile model = ModelFile.read(Path.of(arguments[0]));
    try (TorchGeneration generation = new TorchGeneration(model.parameters(), 1)) {
      System.out.print(model.vocabulary().decode(generation.next()));
      System.out.flush();
      System.in.read();
    }
  }
}

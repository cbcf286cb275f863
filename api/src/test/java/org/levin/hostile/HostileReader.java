package org.levin.hostile;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * A reader that is shown hostile files.
 *
 * @param name what it reads
 * @param sealed whether its files carry checksums, so that no flipped bit goes unnoticed
 * @param sound a small sound file
 * @param seal makes the checksums of a file right, where it has a place for them
 * @param mutants makes a file that is probably not sound
 * @param reading reads a file
 */
public record HostileReader(
    String name,
    boolean sealed,
    byte[] sound,
    UnaryOperator<byte[]> seal,
    Function<Random, Mutant> mutants,
    Reading reading) {

  /** Reads a file, all of it. */
  @FunctionalInterface
  public interface Reading {
    /** Throws {@link AssertionError} if what it took for sound is not. */
    void read(Path file) throws IOException;
  }

  /**
   * A file, and how it was made.
   *
   * @param bytes the whole file
   * @param edits what was done to a sound one
   */
  public record Mutant(byte[] bytes, List<String> edits) {}

  /**
   * Makes mutants out of drafts: one edit or several, most under right checksums, some then damaged
   * further, with checksums that fit the damage or do not.
   *
   * @param drafts makes a draft of a sound file
   * @param edits what may be done to it
   * @param file makes a file of it, its checksums right
   * @param seal makes them right again
   */
  static <D> Function<Random, Mutant> mutants(
      Function<Random, D> drafts,
      List<? extends Edit<? super D>> edits,
      Function<D, byte[]> file,
      UnaryOperator<byte[]> seal) {
    return random -> {
      D draft = drafts.apply(random);
      List<String> done = new ArrayList<>();
      for (int count = random.nextInt(1, 4); count > 0; count--) {
        Edit<? super D> edit = Nonsense.pick(edits, random);
        edit.apply(draft, random);
        done.add(edit.toString());
      }
      byte[] bytes = file.apply(draft);
      if (random.nextInt(4) == 0) {
        BytesEdit edit = Nonsense.pick(List.of(BytesEdit.values()), random);
        bytes = edit.apply(bytes, random);
        boolean again = random.nextInt(4) > 0;
        bytes = again ? seal.apply(bytes) : bytes;
        done.add(edit + (again ? ", sealed" : ""));
      }
      return new Mutant(bytes, done);
    };
  }

  @Override
  public String toString() {
    return name;
  }
}

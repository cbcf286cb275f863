package org.levin.hostile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.levin.Footprint;
import org.levin.hostile.HostileReader.Mutant;
import org.levin.provenance.Tripwire;
import org.levin.report.Counts;

/**
 * Every reader, shown small files that are cut off, altered, or made by somebody who knows the
 * format and means harm. Runs in a heap of 256 MB.
 */
@Tag("hostile")
@Timeout(value = 3, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HostileFilesTest {
  private static final String TOPIC = "hostile files";
  private static final String UNTYPED = "failures in a way that is not documented";
  private static final long SEED = 20260101;
  private static final int MUTANTS = 4_500;
  private static final int WARM_UP = 50;
  private static final int STEP_WITHOUT_CHECKSUM = 7;
  private static final int EDITS_WITHOUT_EFFECT = 2;

  @TempDir Path folder;

  static List<HostileReader> readers() {
    return HostileReaders.all();
  }

  @ParameterizedTest
  @MethodSource("readers")
  void refusesEveryTruncation(HostileReader reader) throws IOException {
    byte[] sound = reader.sound();
    warmUp(reader);
    for (int length = 0; length < sound.length; length++) {
      int cut = length;
      assertTrue(
          refuses(reader, Arrays.copyOf(sound, length), () -> "cut off after " + cut),
          () -> "not noticed: cut off after " + cut);
    }
    Counts.add(TOPIC, "truncations refused", sound.length);
  }

  @ParameterizedTest
  @MethodSource("readers")
  void noticesEveryFlippedBitOfASealedFile(HostileReader reader) throws IOException {
    byte[] sound = reader.sound();
    warmUp(reader);
    // Without a checksum, a flipped bit may make another sound file: a part of them will do.
    int step = reader.sealed() ? 1 : STEP_WITHOUT_CHECKSUM;
    int refused = 0;
    int soundly = 0;
    for (int bit = 0; bit < sound.length * Byte.SIZE; bit += step) {
      int flipped = bit;
      byte[] altered = sound.clone();
      altered[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
      if (refuses(reader, altered, () -> "flipped bit " + flipped)) {
        refused++;
      } else {
        soundly++;
        assertFalse(reader.sealed(), () -> "not noticed: bit " + flipped);
      }
    }
    Counts.add(TOPIC, "bit flips refused", refused);
    Counts.add(TOPIC, "bit flips without a checksum read soundly", soundly);
  }

  @ParameterizedTest
  @MethodSource("readers")
  void refusesEveryMutantOrReadsItSoundly(HostileReader reader) throws IOException {
    warmUp(reader);
    String loaded = System.getProperty(Tripwire.LOADED);
    Random random = new Random(SEED);
    Map<String, Integer> refusedBy = new TreeMap<>();
    int refused = 0;
    Footprint before = Footprint.now();
    for (int i = 0; i < MUTANTS; i++) {
      int number = i;
      Mutant mutant = reader.mutants().apply(random);
      boolean is =
          refuses(
              reader,
              mutant.bytes(),
              () -> "seed " + SEED + ", mutant " + number + ", made by " + mutant.edits());
      refused += is ? 1 : 0;
      if (mutant.edits().size() == 1) {
        refusedBy.merge(mutant.edits().getFirst(), is ? 1 : 0, Integer::sum);
      }
    }
    Footprint.now().assertFlatSince(before);
    assertEquals(
        loaded, System.getProperty(Tripwire.LOADED), "a class was loaded because a file names it");
    requireEffect(refusedBy);
    Counts.add(TOPIC, "mutants refused", refused);
    Counts.add(TOPIC, "mutants read soundly", MUTANTS - refused);
    Counts.add(TOPIC, UNTYPED, 0);
  }

  /**
   * Some edits make other sound files; one that never leads to a refusal may hit nothing at all.
   */
  private static void requireEffect(Map<String, Integer> refusedBy) {
    long without = refusedBy.values().stream().filter(refused -> refused == 0).count();
    assertTrue(without <= EDITS_WITHOUT_EFFECT, refusedBy::toString);
  }

  private void warmUp(HostileReader reader) throws IOException {
    for (int i = 0; i < WARM_UP; i++) {
      assertFalse(refuses(reader, reader.sound(), () -> "the sound file"));
    }
  }

  private boolean refuses(HostileReader reader, byte[] bytes, Supplier<String> what)
      throws IOException {
    Path file = folder.resolve("file");
    write(file, bytes);
    try {
      return new Trial(reader, file).refuses(bytes.length);
    } catch (AssertionError e) {
      Counts.add(TOPIC, UNTYPED, 1);
      throw new AssertionError(reader + ", " + what.get() + ": " + e.getMessage(), e);
    }
  }

  /** Overwrites in place: tens of thousands of new files would take long. */
  private static void write(Path file, byte[] bytes) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      channel.truncate(bytes.length);
      channel.write(ByteBuffer.wrap(bytes), 0);
    }
  }
}

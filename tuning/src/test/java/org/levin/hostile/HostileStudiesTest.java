package org.levin.hostile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.levin.Footprint;
import org.levin.format.DamagedFileException;
import org.levin.provenance.Tripwire;
import org.levin.report.Counts;
import org.levin.tuning.journal.SampleStudy;
import org.levin.tuning.journal.StudyRecord;

/** Studies made by somebody who knows the format and means harm. Runs in a heap of 256 MB. */
@Tag("hostile")
@Timeout(value = 3, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HostileStudiesTest {
  private static final String TOPIC = "hostile studies";
  private static final long SEED = 20260101;
  private static final int MUTANTS = 6_000;
  private static final int WARM_UP = 200;
  private static final int LONG = 1 << 24;

  /** Each line is read by itself, and what that took is garbage when the next is read. */
  private static final long SLACK = 1 << 22;

  @TempDir Path folder;

  @Test
  void refusesEveryMutantOrReadsItSoundly() throws IOException {
    HostileReader reader = HostileStudies.reader();
    Trial trial = new Trial(reader, folder.resolve("study.jsonl"), SLACK);
    for (int i = 0; i < WARM_UP; i++) {
      assertFalse(refuses(trial, reader.sound()));
    }
    Random random = new Random(SEED);
    Map<String, Integer> refusedBy = new TreeMap<>();
    int refused = 0;
    Footprint before = Footprint.now();
    for (int i = 0; i < MUTANTS; i++) {
      HostileReader.Mutant mutant = reader.mutants().apply(random);
      boolean is;
      try {
        is = refuses(trial, mutant.bytes());
      } catch (AssertionError e) {
        throw new AssertionError(
            "seed %d, mutant %d, made by %s: %s".formatted(SEED, i, mutant.edits(), e.getMessage()),
            e);
      }
      refused += is ? 1 : 0;
      if (mutant.edits().size() == 1) {
        refusedBy.merge(mutant.edits().getFirst(), is ? 1 : 0, Integer::sum);
      }
    }
    Footprint.now().assertFlatSince(before);
    assertEquals(null, System.getProperty(Tripwire.LOADED), "a file named a class");
    assertEquals(StudyEdit.values().length, refusedBy.size(), refusedBy::toString);
    assertTrue(refusedBy.values().stream().allMatch(count -> count > 0), refusedBy::toString);
    assertTrue(refused < MUTANTS, "none was read");
    Counts.add(TOPIC, "mutants refused", refused);
    Counts.add(TOPIC, "mutants read soundly", MUTANTS - refused);
  }

  private boolean refuses(Trial trial, byte[] bytes) throws IOException {
    // Overwritten in place: thousands of new files would take long.
    try (FileChannel channel =
        FileChannel.open(
            folder.resolve("study.jsonl"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      channel.truncate(bytes.length);
      channel.write(ByteBuffer.wrap(bytes), 0);
    }
    return trial.refuses(bytes.length);
  }

  @Test
  void theLongestLineIsReadInASmallHeapAndALongerOneRefused() throws IOException {
    Path file = folder.resolve("long.jsonl");
    String record = "{\"event\":\"recorded\",\"trial\":1,\"provenance\":\"%s\"}";
    int frame = record.length() - 2 + ",\"crc32c\":\"01234567\"".length();
    for (int length : new int[] {LONG - frame, LONG - frame + 1}) {
      List<String> lines = new ArrayList<>(SampleStudy.lines());
      lines.add(record.formatted("x".repeat(length)));
      Files.write(file, SampleStudy.file(lines));
      if (length == LONG - frame) {
        assertEquals(length, StudyRecord.read(file).provenances().get(1).length());
      } else {
        assertRefused(file, "line 9 is longer than 16777216 bytes");
      }
    }
  }

  @Test
  void zerosWithoutEndAreRefusedAfterTheLongestLine() throws IOException {
    Path file = folder.resolve("zeros.jsonl");
    try (RandomAccessFile zeros = new RandomAccessFile(file.toFile(), "rw")) {
      zeros.setLength(1L << 40);
    }
    assertRefused(file, "line 1 is longer than 16777216 bytes");
  }

  @Test
  void aStudyOfManyTrialsIsReadInASmallHeap() throws IOException {
    Path file = folder.resolve("many.jsonl");
    List<String> lines = new ArrayList<>(SampleStudy.lines().subList(0, 1));
    int trials = 10_000;
    for (int i = 1; i <= trials; i++) {
      lines.add(
          "{\"event\":\"proposed\",\"trial\":%d,\"configuration\":{\"layers\":%d}}"
              .formatted(i, i));
      lines.add(
          "{\"event\":\"measured\",\"trial\":%d,\"steps\":3,\"failure\":\"%d\",\"seconds\":1}"
              .formatted(i, i));
    }
    Files.write(file, SampleStudy.file(lines));
    assertEquals(trials, StudyRecord.read(file).trials().size());
  }

  private static void assertRefused(Path file, String reason) {
    String message =
        assertThrows(DamagedFileException.class, () -> StudyRecord.read(file)).getMessage();
    assertEquals(file + ": " + reason, message);
  }
}

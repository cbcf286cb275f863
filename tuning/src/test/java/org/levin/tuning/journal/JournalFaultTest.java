package org.levin.tuning.journal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.levin.faults.FaultyFileSystem;
import org.levin.faults.Operation;
import org.levin.report.Counts;

/** Writing that fails: at once, half way, once or from then on. */
class JournalFaultTest {
  private static final String TOPIC = "faults of a study's file";

  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void name() {
    file = folder.resolve("study.jsonl");
  }

  /** How one operation fails. */
  private record Failure(int number, boolean half, boolean forever) {}

  /** Fails at an operation on the study's file; the others are harmless. */
  private final class Disk {
    private final Failure failure;
    private final List<String> operations = new ArrayList<>();

    Disk(Failure failure) {
      this.failure = failure;
    }

    void before(Operation operation) throws IOException {
      if (!operation.file().getFileName().equals(file.getFileName())) {
        return;
      }
      operations.add(operation.name());
      int number = operations.size();
      if (number == failure.number || failure.forever && number > failure.number) {
        if (failure.half) {
          operation.half();
        }
        throw new IOException("No space left on device");
      }
    }
  }

  /** Appends all events, each again if it failed; returns how many were written. */
  private int write(Path path, List<Boolean> outcomes) {
    int written = 0;
    try (Journal journal = Journal.open(path, SampleStudy.header())) {
      for (StudyEvent event : SampleStudy.events()) {
        boolean done = append(journal, event) || append(journal, event);
        outcomes.add(done);
        if (!done) {
          return written;
        }
        written++;
      }
    } catch (IOException e) {
      outcomes.add(false);
    }
    return written;
  }

  private boolean append(Journal journal, StudyEvent event) {
    try {
      journal.append(event);
      return true;
    } catch (IOException e) {
      assertTrue(e.getMessage().contains(file + " cannot be written: "), e.getMessage());
      return false;
    }
  }

  @Test
  void whateverWriteFailsTheFileEndsWithAWholeLineOrATornOneAndGoesOn() throws IOException {
    int operations = count();
    assertTrue(operations > 2 * SampleStudy.events().size(), operations + " operations");
    for (int number = 1; number <= operations; number++) {
      for (boolean half : new boolean[] {false, true}) {
        for (boolean forever : new boolean[] {false, true}) {
          Disk disk = new Disk(new Failure(number, half, forever));
          List<Boolean> outcomes = new ArrayList<>();
          int written = write(FaultyFileSystem.path(file, disk::before), outcomes);
          requireGoesOn(written, disk.failure + " of " + disk.operations);
          Counts.add(TOPIC, "failures", 1);
          Files.deleteIfExists(file);
        }
      }
    }
  }

  private int count() throws IOException {
    Disk disk = new Disk(new Failure(-1, false, false));
    write(FaultyFileSystem.path(file, disk::before), new ArrayList<>());
    assertArrayEquals(SampleStudy.bytes(), Files.readAllBytes(file));
    Files.delete(file);
    return disk.operations.size();
  }

  private void requireGoesOn(int written, String what) throws IOException {
    List<StudyEvent> events = SampleStudy.events();
    try (Journal journal = Journal.open(file, SampleStudy.header())) {
      int there = Events.of(journal.before()).size();
      // An event that could not be flushed, nor taken back, is there although its writer was told
      // that it is not.
      assertTrue(there == written || there == written + 1, () -> there + " events after " + what);
      for (StudyEvent event : events.subList(there, events.size())) {
        journal.append(event);
      }
    }
    assertArrayEquals(SampleStudy.bytes(), Files.readAllBytes(file), what);
  }

  @Test
  void anEventThatCouldNotBeWrittenCanBeWrittenAgain() throws IOException {
    Disk disk = new Disk(new Failure(-1, true, false));
    boolean[] full = {false};
    Path path =
        FaultyFileSystem.path(
            file,
            operation -> {
              disk.before(operation);
              if (full[0] && operation.name().equals("write")) {
                operation.half();
                throw new IOException("No space left on device");
              }
            });
    try (Journal journal = Journal.open(path, SampleStudy.header())) {
      for (StudyEvent event : SampleStudy.events()) {
        long size = Files.size(file);
        full[0] = true;
        for (int i = 0; i < 3; i++) {
          assertThrows(IOException.class, () -> journal.append(event));
          assertEquals(size, Files.size(file));
        }
        full[0] = false;
        journal.append(event);
      }
    }
    assertArrayEquals(SampleStudy.bytes(), Files.readAllBytes(file));
  }

  @Test
  void nothingIsWrittenBehindALineThatCouldNotBeTakenBack() throws IOException {
    boolean[] broken = {false};
    Path path =
        FaultyFileSystem.path(
            file,
            operation -> {
              if (broken[0] && operation.file().getFileName().equals(file.getFileName())) {
                operation.half();
                throw new IOException("Input/output error");
              }
            });
    StudyEvent event = SampleStudy.events().getFirst();
    try (Journal journal = Journal.open(path, SampleStudy.header())) {
      broken[0] = true;
      assertThrows(IOException.class, () -> journal.append(event));
      byte[] torn = Files.readAllBytes(file);
      broken[0] = false;
      IOException refusal = assertThrows(IOException.class, () -> journal.append(event));
      assertTrue(refusal.getMessage().contains("open it again"), refusal.getMessage());
      assertArrayEquals(torn, Files.readAllBytes(file));
    }
    requireGoesOn(0, "a line that could not be taken back");
  }
}

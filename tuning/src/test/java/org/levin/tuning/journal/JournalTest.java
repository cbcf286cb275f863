package org.levin.tuning.journal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.levin.format.DamagedFileException;
import org.levin.format.FileInUseException;
import org.levin.tuning.space.Configuration;
import org.levin.tuning.trial.Result;
import org.levin.tuning.trial.Trial;

/** The file of a study: written, taken up, torn at its end. */
class JournalTest {
  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void name() {
    file = folder.resolve("study.jsonl");
  }

  private void write(List<StudyEvent> events) throws IOException {
    try (Journal journal = Journal.open(file, SampleStudy.header())) {
      for (StudyEvent event : events) {
        journal.append(event);
      }
    }
  }

  private static StudyRecord recordOf(List<StudyEvent> events) {
    Chronicle chronicle = new Chronicle(SampleStudy.header());
    events.forEach(chronicle::add);
    return chronicle.record();
  }

  private static void assertSame(StudyRecord expected, StudyRecord actual) {
    assertEquals(expected.trials(), actual.trials());
    assertEquals(expected.provenances(), actual.provenances());
    assertEquals(expected.seconds(), actual.seconds());
    assertEquals(expected.header().toString(), actual.header().toString());
  }

  @Test
  void everyEventIsReadAsItWasWritten() throws IOException {
    write(SampleStudy.events());
    StudyRecord study = StudyRecord.read(file);
    assertSame(recordOf(SampleStudy.events()), study);
    assertEquals(3, study.trials().size());
    assertEquals("loss NaN \"at\" step 2\n", study.trials().get(1).failure().orElseThrow());
    assertEquals(Map.of(1, 1.25 + 1e-9, 2, 0.0), study.seconds());
    assertArrayEquals(SampleStudy.bytes(), Files.readAllBytes(file));
  }

  @Test
  void aTrialIsFoundByItsNumber() throws IOException {
    write(SampleStudy.events());
    StudyRecord study = StudyRecord.read(file);
    assertEquals(3, study.find(3).map(Trial::number).orElseThrow());
    for (int number : new int[] {0, -1, 4, Integer.MIN_VALUE, Integer.MAX_VALUE}) {
      assertTrue(study.find(number).isEmpty());
    }
  }

  @Test
  void aStudyThatIsTakenUpAfterEveryEventHasTheSameFile() throws IOException {
    List<StudyEvent> before = new java.util.ArrayList<>();
    for (StudyEvent event : SampleStudy.events()) {
      try (Journal journal = Journal.open(file, SampleStudy.header())) {
        assertSame(recordOf(before), journal.before());
        journal.append(event);
      }
      before.add(event);
    }
    assertArrayEquals(SampleStudy.bytes(), Files.readAllBytes(file));
  }

  @Test
  void aWholeStudyIsWrittenToANewFileOnly() throws IOException {
    StudyRecord study = recordOf(SampleStudy.events());
    Journal.write(file, study);
    StudyRecord again = StudyRecord.read(file);
    assertEquals(study.trials(), again.trials());
    assertEquals(study.provenances(), again.provenances());
    byte[] bytes = Files.readAllBytes(file);
    assertThrows(IllegalArgumentException.class, () -> Journal.write(file, study));
    assertArrayEquals(bytes, Files.readAllBytes(file));
  }

  @Test
  void aTornLastLineIsDroppedWhereverItWasTornAndTheStudyGoesOn() throws IOException {
    byte[] whole = SampleStudy.bytes();
    List<StudyEvent> events = SampleStudy.events();
    for (int count = events.size() - 1; count >= events.size() - 2; count--) {
      StudyRecord before = recordOf(events.subList(0, count));
      write(events.subList(0, count));
      int start = (int) Files.size(file);
      byte[] more = Arrays.copyOf(whole, endOfLine(whole, start));
      for (int end = start; end < more.length; end++) {
        Files.write(file, Arrays.copyOf(more, end));
        assertSame(before, StudyRecord.read(file));
        try (Journal journal = Journal.open(file, SampleStudy.header())) {
          assertSame(before, journal.before());
          assertEquals(start, Files.size(file));
          journal.append(events.get(count));
        }
        assertArrayEquals(more, Files.readAllBytes(file));
      }
      Files.delete(file);
    }
  }

  @Test
  void aTornFirstLineBeginsAnew() throws IOException {
    byte[] whole = SampleStudy.bytes();
    int first = endOfLine(whole, 0);
    for (int end = 0; end < first; end++) {
      Files.write(file, Arrays.copyOf(whole, end));
      assertTrue(JournalReader.hasOnlyABeginning(file));
      if (end < 20 || end % 31 == 0 || end == first - 1) {
        assertThrows(DamagedFileException.class, () -> StudyRecord.read(file));
        write(List.of());
        assertArrayEquals(Arrays.copyOf(whole, first), Files.readAllBytes(file));
      }
    }
  }

  private static int endOfLine(byte[] bytes, int from) {
    int end = from;
    while (bytes[end] != '\n') {
      end++;
    }
    return end + 1;
  }

  @Test
  void aFileOfAnotherKindIsNeverOverwritten() throws IOException {
    for (String text :
        List.of(
            "\n",
            "x",
            "{\"event\":\"study2\"",
            "{}",
            "a novel\n",
            "[1]",
            "\0\0",
            "{\"event\":\"studY")) {
      Files.writeString(file, text);
      DamagedFileException refusal =
          assertThrows(
              DamagedFileException.class, () -> Journal.open(file, SampleStudy.header()), text);
      assertTrue(refusal.getMessage().startsWith(file + ": "), refusal.getMessage());
      assertEquals(text, Files.readString(file));
    }
  }

  @Test
  void oneWriterAtATimeAndTheOtherTouchesNothing() throws IOException {
    write(SampleStudy.events());
    byte[] bytes = Files.readAllBytes(file);
    try (Journal first = Journal.open(file, SampleStudy.header())) {
      FileInUseException refusal =
          assertThrows(FileInUseException.class, () -> Journal.open(file, SampleStudy.header()));
      assertTrue(refusal.getMessage().contains(file.toString()), refusal.getMessage());
      assertSame(first.before(), StudyRecord.read(file));
    }
    assertArrayEquals(bytes, Files.readAllBytes(file));
    try (Journal next = Journal.open(file, SampleStudy.header())) {
      assertEquals(3, next.before().trials().size());
    }
  }

  @Test
  void aRefusedStudyIsNotLeftLocked() throws IOException {
    Files.writeString(file, "a novel\n");
    assertThrows(DamagedFileException.class, () -> Journal.open(file, SampleStudy.header()));
    Files.delete(file);
    write(List.of());
  }

  @Test
  void aClosedJournalSaysSo() throws IOException {
    Journal journal = Journal.open(file, SampleStudy.header());
    journal.close();
    IOException refusal =
        assertThrows(IOException.class, () -> journal.append(SampleStudy.events().getFirst()));
    assertEquals(file + " cannot be written: it is closed", refusal.getMessage());
  }

  @Test
  void anInterruptedThreadTearsALineAtMost() throws IOException {
    List<StudyEvent> events = SampleStudy.events();
    Journal journal = Journal.open(file, SampleStudy.header());
    Thread.currentThread().interrupt();
    assertThrows(IOException.class, () -> journal.append(events.getFirst()));
    assertTrue(Thread.interrupted());
    assertThrows(IOException.class, () -> journal.append(events.getFirst()));
    journal.close();
    try (Journal again = Journal.open(file, SampleStudy.header())) {
      for (StudyEvent event : events.subList(again.before().trials().size(), events.size())) {
        again.append(event);
      }
    }
    assertArrayEquals(SampleStudy.bytes(), Files.readAllBytes(file));
  }

  @Test
  void aFolderIsNoStudy() {
    assertThrows(IOException.class, () -> Journal.open(folder, SampleStudy.header()));
    assertThrows(IOException.class, () -> StudyRecord.read(folder));
    assertThrows(IOException.class, () -> StudyRecord.read(folder.resolve("none")));
  }

  @Test
  void eventsThatCannotFollowAreRefused() {
    List<StudyEvent> events = SampleStudy.events();
    for (StudyEvent event :
        List.of(
            new StudyEvent.Proposed(3, new Configuration(Map.of())),
            new StudyEvent.Proposed(5, new Configuration(Map.of())),
            new StudyEvent.Recorded(4, "{}"),
            new StudyEvent.Recorded(0, "{}"),
            new StudyEvent.Measured(4, Result.failed(3, "why"), 0),
            new StudyEvent.Measured(3, Result.failed(4, "why"), 0),
            new StudyEvent.Measured(1, Result.failed(27, "why"), 0),
            new StudyEvent.Measured(2, Result.failed(9, "why"), 0),
            new StudyEvent.Measured(
                3, Result.of(3, org.levin.tuning.trial.Measurement.of(1)), 0))) {
      Chronicle chronicle = new Chronicle(SampleStudy.header());
      events.forEach(chronicle::add);
      assertThrows(IllegalArgumentException.class, () -> chronicle.add(event), event::toString);
    }
  }
}

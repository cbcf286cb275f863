package org.levin.tuning;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.levin.faults.FaultyFileSystem;
import org.levin.format.FileInUseException;
import org.levin.tuning.journal.StudyRecord;
import org.levin.tuning.strategy.GeneticStrategy;
import org.levin.tuning.strategy.Strategy;
import org.levin.tuning.trial.Trial;

/** Studies that end and are taken up, with more or in the middle. */
class StudyFileTest {
  private static final StudyLimits LIMITS = StudyLimits.none().trials(14);

  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void name() {
    file = folder.resolve("study.jsonl");
  }

  private static List<Trial> uninterrupted(StudyPlan plan, StudyLimits limits) {
    Study study = Study.begin(plan, limits);
    Synthetic.run(study, Synthetic::rugged);
    return study.trials();
  }

  private List<Trial> opened(StudyPlan plan, StudyLimits limits) throws IOException {
    try (Study study = Study.open(plan, limits, file)) {
      Synthetic.run(study, Synthetic::rugged);
      return study.trials();
    }
  }

  @Test
  void aStudyThatIsClosedAfterEveryResultComesToTheSameEnd() throws IOException {
    List<Trial> expected = uninterrupted(Synthetic.plan(5), LIMITS);
    Random random = new Random(1);
    boolean over = false;
    int told = 0;
    while (!over) {
      try (Study study = Study.open(Synthetic.plan(5), LIMITS, file)) {
        over = study.isOver();
        int asks = over ? 0 : random.nextInt(1, study.assignable() + 1);
        for (int i = 1; i < asks; i++) {
          study.ask().orElseThrow();
        }
        if (!over) {
          Assignment next = study.ask().orElseThrow();
          study.tell(next, Synthetic.rugged(next));
          told++;
        }
      }
    }
    assertEquals(expected, opened(Synthetic.plan(5), LIMITS));
    assertEquals(expected, StudyRecord.read(file).trials());
    assertEquals(expected.stream().mapToInt(trial -> trial.results().size()).sum(), told);
  }

  @Test
  void aStudyThatWasKilledInTheMiddleOfALineWritesTheSameFile() throws IOException {
    opened(Synthetic.plan(5), LIMITS);
    byte[] whole = Files.readAllBytes(file);
    for (int end = 40; end < whole.length; end += whole.length / 9) {
      Files.write(file, Arrays.copyOf(whole, end));
      opened(Synthetic.plan(5), LIMITS);
      assertArrayEquals(whole, Files.readAllBytes(file), "killed after " + end + " bytes");
    }
  }

  @Test
  void moreTrialsGoOnAsIfTheyHadBeenAllowedFromTheStart() throws IOException {
    List<Trial> expected = uninterrupted(Synthetic.plan(6), LIMITS);
    for (int trials = 1; trials <= 13; trials += 2) {
      opened(Synthetic.plan(6), StudyLimits.none().trials(trials));
      assertEquals(trials, StudyRecord.read(file).trials().size());
      assertEquals(expected, opened(Synthetic.plan(6), LIMITS), "after " + trials + " trials");
      Files.delete(file);
    }
  }

  @Test
  void neverMoreStepsAreAskedForThanAllowed() {
    for (int limit = 1; limit <= 80; limit++) {
      Study study = Study.begin(Synthetic.plan(6), StudyLimits.none().steps(limit));
      Synthetic.run(study, Synthetic::rugged);
      assertTrue(study.steps() <= limit);
      assertEquals(study.steps(), study.trials().stream().mapToLong(Trial::steps).sum());
    }
  }

  @Test
  void aLossThatIsGoodEnoughEndsTheStudyAndABetterOneGoesOn() throws IOException {
    List<Trial> expected = uninterrupted(Synthetic.plan(6), LIMITS);
    double first = lossOfTheFirstWholeTrial(expected);
    List<Trial> some = opened(Synthetic.plan(6), LIMITS.loss(first));
    assertTrue(some.size() < expected.size());
    assertEquals(some, expected.subList(0, some.size()));
    assertEquals(expected, opened(Synthetic.plan(6), LIMITS.loss(-1)));
  }

  private static double lossOfTheFirstWholeTrial(List<Trial> trials) {
    return trials.stream()
        .filter(trial -> trial.steps() == 9)
        .findFirst()
        .flatMap(Trial::measurement)
        .orElseThrow()
        .loss();
  }

  @Test
  void fewerTrialsThanThereAreShowThoseAndTryNoMore() throws IOException {
    List<Trial> all = opened(Synthetic.plan(6), LIMITS);
    long size = Files.size(file);
    try (Study study = Study.open(Synthetic.plan(6), StudyLimits.none().trials(4), file)) {
      assertTrue(study.isOver());
      assertEquals(all.subList(0, 4), study.trials());
    }
    assertEquals(size, Files.size(file));
  }

  @Test
  void aStudyIsWrittenByOneAtATime() throws IOException {
    try (Study study = Study.open(Synthetic.plan(6), LIMITS, file)) {
      assertFalse(study.isOver());
      assertThrows(FileInUseException.class, () -> Study.open(Synthetic.plan(6), LIMITS, file));
    }
    Study.open(Synthetic.plan(6), LIMITS, file).close();
  }

  /** Goes by the name of another, but proposes something else from the second group on. */
  private record Changed(Strategy old) implements Strategy {
    @Override
    public String label() {
      return old.label();
    }

    @Override
    public Search begin(Task task) {
      Search search = old.begin(task);
      Search other =
          old.begin(new Task(task.space(), task.allowed(), task.rungs(), task.objectives(), 99));
      return soFar -> soFar.isEmpty() ? search.next(soFar) : other.next(soFar);
    }
  }

  @Test
  void aStrategyThatHasChangedSinceIsToldApart() throws IOException {
    opened(Synthetic.plan(6), LIMITS);
    StudyPlan changed = Synthetic.plan(6).with(new Changed(new GeneticStrategy(4, 2)));
    String message =
        assertThrows(IllegalArgumentException.class, () -> Study.open(changed, LIMITS, file))
            .getMessage();
    assertTrue(message.startsWith("the study cannot be taken up: its trial 5 is layers="), message);
    assertTrue(message.contains("another version of Levin may have written it"), message);
    Study.open(Synthetic.plan(6), LIMITS, file).close();
  }

  @Test
  void aFailedWriteLosesNothingThatWasNotTold() throws IOException {
    List<Trial> expected = uninterrupted(Synthetic.plan(6), LIMITS);
    int[] writes = {0};
    Path path =
        FaultyFileSystem.path(
            file,
            operation -> {
              if (operation.name().equals("write")
                  && operation.file().equals(file)
                  && ++writes[0] % 3 == 0) {
                operation.half();
                throw new IOException("No space left on device");
              }
            });
    int failures = 0;
    for (boolean over = false; !over; ) {
      try (Study study = Study.open(Synthetic.plan(6), LIMITS, path)) {
        Synthetic.run(study, Synthetic::rugged);
        assertEquals(expected, study.trials());
        over = true;
      } catch (IOException | UncheckedIOException e) {
        failures++;
      }
    }
    assertTrue(failures > 5, failures + " failures");
    assertEquals(expected, StudyRecord.read(file).trials());
  }

  @Test
  void aResultThatCouldNotBeWrittenCanBeToldAgain() throws IOException {
    List<Trial> expected = uninterrupted(Synthetic.plan(6), LIMITS);
    int[] room = {Integer.MAX_VALUE};
    try (Study study = Study.open(Synthetic.plan(6), LIMITS, diskWith(room))) {
      while (!study.isOver()) {
        Assignment next = study.ask().orElseThrow();
        room[0] = 0;
        assertThrows(UncheckedIOException.class, () -> study.tell(next, Synthetic.rugged(next)));
        room[0] = Integer.MAX_VALUE;
        study.tell(next, Synthetic.rugged(next));
      }
      assertEquals(expected, study.trials());
    }
  }

  /** A disk with room for so many writes more. */
  private Path diskWith(int[] room) {
    return FaultyFileSystem.path(
        file,
        operation -> {
          if (operation.name().equals("write") && operation.file().equals(file) && room[0]-- <= 0) {
            throw new IOException("No space left on device");
          }
        });
  }

  @Test
  void moreStepsGoOnAsIfTheyHadBeenAllowedFromTheStart() throws IOException {
    for (int seed = 0; seed < 8; seed++) {
      StudyPlan plan = Synthetic.plan(seed);
      List<Trial> expected = uninterrupted(plan, LIMITS);
      for (int steps = seed + 1; steps <= 60; steps += 8) {
        opened(plan, LIMITS.steps(steps));
        assertEquals(expected, opened(plan, LIMITS), "after " + steps + " steps");
        Files.delete(file);
      }
    }
  }

  @Test
  void aStudyThatCouldNotWriteDownWhatItProposesCanBeAskedAgain() throws IOException {
    List<Trial> expected = uninterrupted(Synthetic.plan(6), LIMITS);
    int[] room = {Integer.MAX_VALUE};
    try (Study study = Study.open(Synthetic.plan(6), LIMITS, diskWith(room))) {
      while (!study.isOver()) {
        Assignment next = study.ask().orElseThrow();
        room[0] = 1; // the result fits, the proposals do not
        try {
          study.tell(next, Synthetic.rugged(next));
        } catch (UncheckedIOException e) {
          assertFalse(study.trials().isEmpty());
        }
        room[0] = Integer.MAX_VALUE;
      }
      assertEquals(expected, study.trials());
    }
  }
}

package org.levin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.levin.corpus.Corpus;
import org.levin.faults.ChildProgram;
import org.levin.faults.Extent;
import org.levin.faults.FaultyFileSystem;
import org.levin.faults.Operation;
import org.levin.report.Counts;
import org.levin.training.TrainingListener;

/**
 * A training whose process is killed, by a signal that no program can catch, ends as if it had not
 * been. Each process goes on from what the killed one before it left.
 */
class KillTest {
  private static final long STEPS = Extent.of(61, 301);

  /** One operation of so many is where a process is killed; every single one under the profile. */
  private static final int STRIDE = Extent.of(13, 1);

  private static final int RANDOM_KILLS = Extent.of(5, 50);
  private static final long SEED = 20_250_301;
  private static final int MOST_STEPS = 8;
  private static final int MOST_NANOS_OF_A_START = 400_000_000;
  private static final int MOST_NANOS_OF_A_STEP = 15_000_000;

  @TempDir Path scratch;
  private final Corpus corpus = Corpus.of(Texts.ANNA);
  private Path checkpoint;
  private Outcome expected;

  @BeforeEach
  void trainUndisturbed() throws IOException {
    Path undisturbed = Files.createDirectory(scratch.resolve("undisturbed")).resolve("checkpoint");
    FaultyTraining.train(STEPS, STEPS, undisturbed, corpus, TrainingListener.none());
    expected = Outcome.of(undisturbed);
    assertEquals(STEPS, expected.step());
    checkpoint = Files.createDirectory(scratch.resolve("killed")).resolve("checkpoint");
  }

  @AfterEach
  void closeTheCorpus() {
    corpus.close();
  }

  @Test
  void atEveryOperationOfACheckpointsWriting() throws Exception {
    List<KillProgram.Place> places = places();
    for (KillProgram.Place place : places) {
      long before = step();
      try (ChildProgram training = start(place)) {
        String where = place + ": " + training.await("stops at");
        training.kill();
        // The one that is being written has its name already, or not yet.
        long written = step() - before;
        assertTrue(written <= place.checkpoint(), where);
        assertTrue(written >= place.checkpoint() - 1, where);
        assertGoesOnTheSame(where);
      }
      Counts.add("faults", "kills at an operation of a checkpoint's writing", 1);
    }
    try (ChildProgram training = start(KillProgram.Place.RELEASE)) {
      training.await("stops at delete");
      training.kill();
      Counts.add("faults", "kills at an operation of a checkpoint's writing", 1);
      assertEquals(
          List.of("checkpoint", "checkpoint.lock"), FaultyTraining.names(checkpoint.getParent()));
    }
    endsInTheEnd();
  }

  /** Before the first checkpoint, where the lock is taken, and in the second one of a process. */
  private List<KillProgram.Place> places() throws IOException {
    Map<Integer, List<Operation>> operations = new HashMap<>();
    KillProgram.Counter counter = new KillProgram.Counter(KillProgram.Place.NOWHERE);
    Path sample = Files.createDirectory(scratch.resolve("sample")).resolve("checkpoint");
    Path counted =
        FaultyFileSystem.path(
            sample,
            operation -> {
              counter.before(operation);
              operations
                  .computeIfAbsent(counter.checkpoint(), number -> new ArrayList<>())
                  .add(operation);
            });
    FaultyTraining.train(3, 1, counted, corpus, TrainingListener.none());
    List<KillProgram.Place> places = new ArrayList<>();
    for (int number : List.of(0, 2)) {
      for (int i = 0; i < operations.get(number).size(); i++) {
        places.add(new KillProgram.Place(number, i, false));
        if (operations.get(number).get(i).name().equals("write")) {
          places.add(new KillProgram.Place(number, i, true));
        }
      }
    }
    List<KillProgram.Place> chosen = new ArrayList<>();
    for (int i = 0; i < places.size(); i += STRIDE) {
      chosen.add(places.get(i));
    }
    return chosen;
  }

  @Test
  void atRandomMoments() throws Exception {
    SplittableRandom random = new SplittableRandom(SEED);
    System.out.println("kills at random moments are drawn from the seed " + SEED);
    for (int i = 0; i < RANDOM_KILLS; i++) {
      int steps = random.nextInt(MOST_STEPS);
      long nanos = random.nextLong(steps == 0 ? MOST_NANOS_OF_A_START : MOST_NANOS_OF_A_STEP);
      String where = "kill %d, %d ns after step %d of the process".formatted(i, nanos, steps);
      try (ChildProgram training = start(KillProgram.Place.NOWHERE)) {
        training.await("begins");
        for (int step = 0; step < steps; step++) {
          training.await("step");
        }
        LockSupport.parkNanos(nanos);
        training.kill();
      }
      assertGoesOnTheSame(where);
      Counts.add("faults", "kills at a random moment", 1);
    }
    endsInTheEnd();
  }

  private ChildProgram start(KillProgram.Place place) throws IOException {
    return ChildProgram.start(
        KillProgram.class,
        List.of(),
        checkpoint.toString(),
        Long.toString(STEPS),
        place.toString());
  }

  private long step() throws IOException {
    return Files.exists(checkpoint) ? Outcome.of(checkpoint).step() : 0;
  }

  private void assertGoesOnTheSame(String where) throws IOException {
    List<String> left = new ArrayList<>(FaultyTraining.names(checkpoint.getParent()));
    left.remove("checkpoint");
    Counts.add("faults", "files left by killed processes and removed by the next", left.size());
    if (Files.exists(checkpoint)) {
      assertEquals(expected, FaultyTraining.outcome(checkpoint, scratch, corpus), where);
    }
  }

  /** By a process that nobody kills. */
  private void endsInTheEnd() throws Exception {
    try (ChildProgram training = start(KillProgram.Place.NOWHERE)) {
      training.awaitEnd();
    }
    assertEquals(expected, Outcome.of(checkpoint));
    assertEquals(List.of("checkpoint"), FaultyTraining.names(checkpoint.getParent()));
  }
}

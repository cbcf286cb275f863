package org.levin.tuning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.levin.ModelComparison;
import org.levin.corpus.Corpus;
import org.levin.format.CheckpointFile;
import org.levin.training.Cancellation;
import org.levin.training.StepMetrics;
import org.levin.training.TrainingOptions;
import org.levin.tuning.space.SearchSpace;
import org.levin.tuning.trial.Result;
import org.levin.tuning.trial.Trial;

/** Searches that are stopped, fail, or find something there, and go on. */
class TunerTakenUpTest extends TunerFixture {
  @Test
  void goesOnWhereItWasCancelledToTheSameEnd() throws IOException {
    Tuned whole = tune(tuner().workers(2).build(), "whole");
    int pieces = 0;
    for (boolean finished = false; !finished; pieces++) {
      Cancellation cancellation = new Cancellation();
      TuningListener stop =
          new TuningListener() {
            private int steps;

            @Override
            public void stepped(Assignment assignment, StepMetrics metrics) {
              if (++steps == 13) {
                cancellation.cancel();
              }
            }
          };
      Tuned piece = tune(tuner().workers(2).build(), "pieces", stop, cancellation);
      finished = piece.isFinished();
      assertTrue(pieces < 100, "no progress");
    }
    assertTrue(pieces >= 3, "cancelled " + pieces + " times only");
    Tuned again = tune(tuner().build(), "pieces");
    assertEquals(whole.study().trials(), again.study().trials());
    assertTrue(ModelComparison.of(model(whole), model(again)).identical());
  }

  @Test
  void goesOnWithMoreTrialsAsIfItHadHadThemFromTheStart() throws IOException {
    tune(tuner().trials(5).build(), "more");
    Tuned more = tune(tuner().trials(12).build(), "more");
    Tuned whole = tune(tuner().trials(12).build(), "whole");
    assertEquals(whole.best(), more.best());
    assertEquals(
        whole.study().trials().stream().map(Trial::configuration).toList(),
        more.study().trials().stream().map(Trial::configuration).toList());
  }

  @Test
  void aCheckpointThatIsTooFarOrOfAnotherTextIsNotGoneOnFrom() throws IOException {
    Tuned first = tune(tuner().build(), "study");
    Path study = study("study");
    Path kept = folder.resolve("kept");
    Files.move(study, kept);
    assertEquals(first.study().trials(), tune(tuner().build(), "study").study().trials());
    Files.delete(study);
    try (Corpus other = Corpus.of(TEXT.replace("bottles", "battles"))) {
      assertTrue(tuner().build().tune(other, study).isFinished());
    }
  }

  @Test
  void aSearchThatCouldNotBeginLeavesNothingInTheWay() throws IOException {
    Tuner impossible =
        tuner().space(SearchSpace.parse("hiddenSize=8..16", "parameters<=3")).build();
    assertThrows(IllegalArgumentException.class, () -> tune(impossible, "study"));
    Tuner unmeasured = tuner().options(TrainingOptions.builder().validation(0).build()).build();
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> tune(unmeasured, "study"));
    assertTrue(refused.getMessage().contains("0 are held out"), refused.getMessage());
    assertTrue(tune(tuner().trials(2).build(), "study").isFinished());
  }

  @Test
  void remembersTheBestWhenItIsTakenUpWithFewerTrials() throws IOException {
    Tuned all = tune(tuner().build(), "study");
    Tuned few = tune(tuner().trials(2).build(), "study");
    assertEquals(all.best(), few.best());
    assertEquals(
        "trial-" + all.best().orElseThrow().number() + ".safetensors",
        onlyFileIn(folder.resolve("study").resolve("study.jsonl.trials")));
  }

  @Test
  void anInterruptedThreadLeavesCheckpointsAndItsMark() throws IOException {
    Thread searching = Thread.currentThread();
    TuningListener interrupting =
        new TuningListener() {
          @Override
          public void stepped(Assignment assignment, StepMetrics metrics) {
            searching.interrupt();
          }
        };
    Tuned interrupted = tune(tuner().build(), "study", interrupting, new Cancellation());
    assertTrue(Thread.interrupted(), "the mark of the interruption");
    assertFalse(interrupted.isFinished());
    Tuned whole = tune(tuner().build(), "whole");
    assertEquals(whole.study().trials(), tune(tuner().build(), "study").study().trials());
  }

  @Test
  void aListenerThatThrowsEndsTheSearchWhichGoesOnLater() throws IOException {
    TuningListener failing =
        new TuningListener() {
          @Override
          public void ended(Assignment assignment, Result result, double seconds) {
            throw new IllegalStateException("enough");
          }
        };
    assertThrows(
        IllegalStateException.class,
        () -> tune(tuner().build(), "study", failing, new Cancellation()));
    Tuned whole = tune(tuner().build(), "whole");
    assertEquals(whole.study().trials(), tune(tuner().build(), "study").study().trials());
  }

  @Test
  void refusesAnotherTextOrPlanAndSaysWhich() throws IOException {
    tune(tuner().trials(2).build(), "study");
    IllegalArgumentException other =
        assertThrows(IllegalArgumentException.class, () -> tune(tuner().seed(4).build(), "study"));
    assertTrue(other.getMessage().contains("the seed 4, not 3"), other.getMessage());
    try (Corpus corpus = Corpus.of(TEXT + "more")) {
      IllegalArgumentException text =
          assertThrows(
              IllegalArgumentException.class, () -> tuner().build().tune(corpus, study("study")));
      assertTrue(text.getMessage().contains("SHA-256"), text.getMessage());
    }
  }

  @Test
  void endsInTimeAndGoesOnLater() throws IOException {
    Tuner hasty = tuner().trialSteps(1 << 20).time(Duration.ofMillis(300)).build();
    assertFalse(tune(hasty, "hasty").isFinished());
    assertTrue(stepsOfCheckpoints("hasty") > 0, "a checkpoint to go on from");
    long before = stepsOfCheckpoints("hasty");
    assertFalse(tune(hasty, "hasty").isFinished());
    assertTrue(stepsOfCheckpoints("hasty") > before);
  }

  private long stepsOfCheckpoints(String name) throws IOException {
    long steps = 0;
    Path trials = folder.resolve(name).resolve("study.jsonl.trials");
    try (Stream<Path> files = Files.list(trials)) {
      for (Path file : files.toList()) {
        steps += CheckpointFile.readState(file).step();
      }
    }
    return steps;
  }
}

package org.levin.tuning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.levin.ModelComparison;
import org.levin.SequenceModel;
import org.levin.Trainer;
import org.levin.corpus.Corpus;
import org.levin.provenance.ModelProvenances;
import org.levin.training.Cancellation;
import org.levin.training.StepMetrics;
import org.levin.training.TrainingOptions;
import org.levin.tuning.journal.EvaluationShape;
import org.levin.tuning.journal.StudyRecord;
import org.levin.tuning.space.SearchSpace;
import org.levin.tuning.trial.Objective;
import org.levin.tuning.trial.Result;
import org.levin.tuning.trial.Trial;

/** Searches with Levin's own trainer, on the CPU engine. */
class TunerTest {
  private static final String TEXT =
      Stream.iterate(1, i -> i + 1)
          .limit(900)
          .map(i -> i + " green bottles hang on the wall, and " + i * i + " fall\n")
          .collect(Collectors.joining());

  @TempDir private Path folder;

  private final Path file = Path.of("study.jsonl");

  private static Tuner.Builder tuner() {
    return Tuner.builder()
        .space(
            SearchSpace.parse(
                "layers=1|2",
                "hiddenSize=4..24/4",
                "learningRate=1e-3..1e-1 log",
                "dropout=0..0.4"))
        .options(TrainingOptions.builder().batchSize(8).sequenceLength(16).build())
        .evaluation(new EvaluationShape(4, 16, 2_000))
        .trialSteps(18)
        .rungs(3)
        .trials(12)
        .seed(3);
  }

  private Path study(String name) {
    return folder.resolve(name).resolve(file);
  }

  private Tuned tune(Tuner tuner, String name) throws IOException {
    return tune(tuner, name, TuningListener.none(), new Cancellation());
  }

  private Tuned tune(Tuner tuner, String name, TuningListener listener, Cancellation cancellation)
      throws IOException {
    Files.createDirectories(study(name).getParent());
    try (Corpus corpus = Corpus.of(TEXT)) {
      return tuner.tune(corpus, study(name), listener, cancellation);
    }
  }

  @Test
  void findsTheSameWithAnyNumberOfWorkers() throws IOException {
    Tuned one = tune(tuner().workers(1).build(), "one");
    Tuned two = tune(tuner().workers(2).build(), "two");
    Tuned seven = tune(tuner().workers(7).build(), "seven");
    assertTrue(one.isFinished());
    assertEquals(12, one.study().trials().size());
    assertEquals(one.study().trials(), two.study().trials());
    assertEquals(one.study().trials(), seven.study().trials());
    assertEquals(one.best(), two.best());
  }

  @Test
  void trainsOnlyTheBestOfAGroupToTheEnd() throws IOException {
    List<Trial> trials = tune(tuner().build(), "study").study().trials();
    assertEquals(Set.of(2L, 6L, 18L), steps(trials));
    assertTrue(trials.stream().filter(trial -> trial.steps() == 18).count() < trials.size() / 3);
  }

  private static Set<Long> steps(List<Trial> trials) {
    return trials.stream().map(Trial::steps).collect(Collectors.toCollection(TreeSet::new));
  }

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

  private static SequenceModel model(Tuned tuned) throws IOException {
    return tuned.model(tuned.best().orElseThrow());
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
  void theBestModelIsKeptWithTheStudyInItsProvenanceAndTheSameWhenTrainedAgain()
      throws IOException {
    try (Corpus corpus = Corpus.of(TEXT)) {
      Files.createDirectories(study("kept").getParent());
      Tuned tuned = tuner().build().tune(corpus, study("kept"));
      Trial best = tuned.best().orElseThrow();
      SequenceModel kept = tuned.model(best);
      assertEquals(
          "trial-" + best.number() + ".safetensors",
          onlyFileIn(folder.resolve("kept").resolve("study.jsonl.trials")));
      String text = ModelProvenances.toText(kept.provenance());
      assertTrue(text.contains("trial " + best.number() + " of the study study.jsonl"), text);
      Files.delete(
          folder
              .resolve("kept")
              .resolve("study.jsonl.trials")
              .resolve("trial-" + best.number() + ".safetensors"));
      assertTrue(ModelComparison.of(kept, tuned.model(best)).identical());
      assertTrue(
          ModelComparison.of(kept, Trainer.of(tuned.options(best)).train(corpus)).identical());
      assertFalse(kept.generate("1 green", 20, org.levin.sampling.Sampler.greedy(), 1).isEmpty());
    }
  }

  private static String onlyFileIn(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      List<String> names = files.map(file -> file.getFileName().toString()).toList();
      assertEquals(1, names.size(), names::toString);
      return names.getFirst();
    }
  }

  @Test
  void everyTrialHasItsProvenance() throws IOException {
    StudyRecord study = tune(tuner().trials(4).build(), "study").study();
    for (Trial trial : study.trials()) {
      String json = study.provenances().get(trial.number());
      assertTrue(
          ModelProvenances.toText(ModelProvenances.fromJson(json))
              .contains(
                  "learningRate " + trial.configuration().value("learningRate").orElseThrow()),
          json);
    }
  }

  @Test
  void aTrialThatDivergesIsRecordedAndTheWorst() throws IOException {
    Tuned tuned =
        tune(
            tuner().space(SearchSpace.parse("learningRate=1e-3|1e300")).trialSteps(6).build(),
            "diverging");
    assertTrue(tuned.isFinished());
    Trial diverged =
        tuned.study().trials().stream()
            .filter(trial -> trial.failure().isPresent())
            .findFirst()
            .orElseThrow();
    assertEquals(1e300, diverged.configuration().value("learningRate").orElseThrow());
    assertEquals(1e-3, tuned.best().orElseThrow().configuration().values().get("learningRate"));
  }

  @Test
  void aTrialWhoseBatchesTheTextIsTooShortForIsRecorded() throws IOException {
    Tuned tuned =
        tune(tuner().space(SearchSpace.parse("batchSize=4|40000")).trialSteps(3).build(), "short");
    Result failed =
        tuned.study().trials().stream()
            .filter(trial -> trial.failure().isPresent())
            .findFirst()
            .orElseThrow()
            .results()
            .getFirst();
    assertTrue(failed.failure().orElseThrow().contains("40000"), failed::toString);
  }

  @Test
  void measuresWhatItIsToMakeSmallBesidesTheLoss() throws IOException {
    Tuned tuned =
        tune(tuner().besides(Objective.PARAMETERS, Objective.TIME).trials(9).build(), "study");
    for (Trial trial : tuned.study().trials()) {
      assertTrue(trial.measurement().orElseThrow().value(Objective.PARAMETERS) > 100);
      assertTrue(trial.measurement().orElseThrow().value(Objective.TIME) > 0);
    }
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
    Tuner hasty = tuner().trialSteps(1 << 20).time(java.time.Duration.ofMillis(300)).build();
    Tuned tuned = tune(hasty, "hasty");
    assertFalse(tuned.isFinished());
    assertFalse(tune(hasty, "hasty").isFinished());
  }
}

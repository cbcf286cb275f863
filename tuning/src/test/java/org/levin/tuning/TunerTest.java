package org.levin.tuning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.levin.ModelComparison;
import org.levin.SequenceModel;
import org.levin.Trainer;
import org.levin.corpus.Corpus;
import org.levin.provenance.ModelProvenances;
import org.levin.provenance.TrainingFacts;
import org.levin.training.TrainingOptions;
import org.levin.tuning.journal.StudyRecord;
import org.levin.tuning.space.Configuration;
import org.levin.tuning.space.SearchSpace;
import org.levin.tuning.strategy.GivenStrategy;
import org.levin.tuning.trial.Objective;
import org.levin.tuning.trial.Result;
import org.levin.tuning.trial.Trial;
import org.tribuo.provenance.ModelProvenance;

/** Searches with Levin's own trainer, on the CPU engine. */
class TunerTest extends TunerFixture {
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

  @Test
  void everyTrialHasTheProvenanceOfItsLastModel() throws IOException {
    StudyRecord study = tune(tuner().build(), "study").study();
    for (Trial trial : study.trials()) {
      ModelProvenance provenance =
          ModelProvenances.fromJson(study.provenances().get(trial.number()));
      TrainingFacts facts = TrainingFacts.of(provenance);
      assertEquals(trial.steps(), facts.step());
      assertEquals(
          trial.configuration().value("learningRate").orElseThrow(),
          facts.options().learningRate());
    }
  }

  @Test
  void aTrialThatThisJvmHasNoRoomForIsRecorded() throws IOException {
    for (String sizes : List.of("hiddenSize=8|100000", "hiddenSize=8|12000")) {
      Tuned tuned =
          tune(tuner().space(SearchSpace.parse(sizes)).trialSteps(3).build(), sizes.substring(12));
      assertTrue(tuned.isFinished());
      assertEquals(8L, tuned.best().orElseThrow().configuration().values().get("hiddenSize"));
      assertEquals(1, tuned.study().trials().stream().filter(t -> t.failure().isPresent()).count());
    }
  }

  @Test
  void triesAllThatItIsGiven() throws IOException {
    List<Configuration> given =
        IntStream.rangeClosed(1, 50)
            .mapToObj(i -> Configuration.parse("hidden=4 learning-rate=" + i / 1000.0))
            .toList();
    Tuner tuner =
        tuner()
            .space(SearchSpace.spanning(given))
            .strategy(new GivenStrategy(given))
            .limits(StudyLimits.none())
            .trialSteps(1)
            .build();
    assertEquals(50, tune(tuner, "given").study().trials().size());
    assertEquals(
        50,
        tune(
                Tuner.builder()
                    .options(TrainingOptions.builder().batchSize(8).sequenceLength(16).build())
                    .space(SearchSpace.spanning(given))
                    .strategy(new GivenStrategy(given))
                    .trialSteps(1)
                    .build(),
                "all")
            .study()
            .trials()
            .size());
  }

  @Test
  void keepsTheModelsOfTheWholeFront() throws IOException {
    Tuned tuned = tune(tuner().besides(Objective.PARAMETERS).trials(18).build(), "front");
    ParetoFront front = ParetoFront.of(tuned.study().trials(), tuned.study().header().objectives());
    assertTrue(front.trials().size() > 1, front::toString);
    for (Trial trial : front.trials()) {
      assertTrue(
          Files.exists(
              folder
                  .resolve("front")
                  .resolve("study.jsonl.trials")
                  .resolve("trial-" + trial.number() + ".safetensors")));
    }
  }

  @Test
  void knowsAStudyByItsPlanWhateverTheTextIsCalled() throws IOException {
    Path text = Files.writeString(folder.resolve("text.txt"), TEXT);
    Path same = Files.writeString(folder.resolve("same.txt"), TEXT);
    Files.createDirectories(study("names").getParent());
    try (Corpus corpus = Corpus.of(text);
        Corpus renamed = Corpus.of(same)) {
      tuner().trials(2).build().tune(corpus, study("names"));
      Tuned tuned = tuner().trials(9).build().tune(renamed, study("names"));
      String digest = tuned.study().header().sha256();
      for (String json : tuned.study().provenances().values()) {
        assertEquals(digest, ModelProvenances.finding(json).orElseThrow().studySha256());
      }
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
}

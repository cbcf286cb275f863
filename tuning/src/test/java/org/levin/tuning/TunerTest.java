package org.levin.tuning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.levin.ModelComparison;
import org.levin.SequenceModel;
import org.levin.Trainer;
import org.levin.corpus.Corpus;
import org.levin.format.CheckpointFile;
import org.levin.provenance.ModelProvenances;
import org.levin.provenance.TrainingFacts;
import org.levin.training.Cancellation;
import org.levin.training.StepMetrics;
import org.levin.training.TrainingOptions;
import org.levin.tuning.journal.EvaluationShape;
import org.levin.tuning.journal.StudyRecord;
import org.levin.tuning.space.Configuration;
import org.levin.tuning.space.SearchSpace;
import org.levin.tuning.strategy.GivenStrategy;
import org.levin.tuning.trial.Objective;
import org.levin.tuning.trial.Result;
import org.levin.tuning.trial.Trial;
import org.tribuo.provenance.ModelProvenance;

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
  void remembersTheBestWhenItIsTakenUpWithFewerTrials() throws IOException {
    Tuned all = tune(tuner().build(), "study");
    Tuned few = tune(tuner().trials(2).build(), "study");
    assertEquals(all.best(), few.best());
    assertEquals(
        "trial-" + all.best().orElseThrow().number() + ".safetensors",
        onlyFileIn(folder.resolve("study").resolve("study.jsonl.trials")));
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

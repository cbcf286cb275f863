package org.levin;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.oracle.labs.mlrg.olcut.provenance.primitives.LongProvenance;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.levin.corpus.Batcher;
import org.levin.corpus.Corpus;
import org.levin.engine.EngineOptions;
import org.levin.engine.Engines;
import org.levin.evaluation.Evaluation;
import org.levin.training.Cancellation;
import org.levin.training.StepMetrics;
import org.levin.training.TrainingDivergedException;
import org.levin.training.TrainingListener;
import org.levin.training.ValidationMetrics;

/** When a training validates, when it stops, and which model it keeps. */
class ValidationTest {
  private final Corpus corpus = Corpus.of(Texts.ANNA);

  @AfterEach
  void closeTheCorpus() {
    corpus.close();
  }

  @Test
  void validatesAfterEachEpochEveryFewStepsAndAtTheEndOnceEach() {
    Diary diary = new Diary();
    Texts.smallTrainer().epochs(3).validateEvery(4).steps(23).build().train(corpus, diary);
    assertEquals(10, diary.plans.getFirst().stepsPerEpoch(), "what the expectation is made for");
    assertEquals(List.of(4L, 8L, 10L, 12L, 16L, 20L, 23L), diary.validatedSteps());
    assertEquals(7, diary.announced);
    assertEquals(
        List.of(1L, 1L, 1L, 2L, 2L, 2L, 3L),
        diary.validations.stream().map(ValidationMetrics::epoch).toList());
  }

  @Test
  void aValidationThatIsDueForTwoReasonsHappensOnce() {
    Diary diary = new Diary();
    Texts.smallTrainer().epochs(2).validateEvery(5).build().train(corpus, diary);
    assertEquals(List.of(5L, 10L, 15L, 20L), diary.validatedSteps());
  }

  @Test
  void withoutAHeldOutPartNothingIsValidated() {
    Diary diary = new Diary();
    Texts.smallTrainer().validation(0).validateEvery(1).build().train(corpus, diary);
    assertEquals(List.of(), diary.validations);
    assertEquals(corpus.size(), diary.plans.getFirst().trainingTokens());
  }

  @Test
  void validatesTheTailOfTheTextFromAZeroStateWithoutDropout() {
    Diary diary = new Diary();
    SequenceModel model = Texts.smallTrainer().dropout(0.5).build().train(corpus, diary);
    var tail = corpus.split(0.1).validation();
    try (var engine = Engines.select(java.util.Optional.empty()).open(new EngineOptions(1));
        var network = engine.network(model.parameters())) {
      Batcher batcher = Batcher.fitting(6, 17, tail).orElseThrow();
      assertEquals(Evaluation.loss(network, tail, batcher), diary.validations.getLast().loss());
    }
  }

  @Test
  void validatingChangesNothing() {
    assertArrayEquals(
        Texts.smallTrainer().build().train(corpus).parameters().toArray(),
        Texts.smallTrainer().validateEvery(1).build().train(corpus).parameters().toArray());
  }

  @Test
  void patienceWithNothingToValidateOnIsRefused() {
    Trainer patient =
        Texts.smallTrainer().batchSize(1).sequenceLength(3).validation(0.1).patience(3).build();
    try (Corpus tiny = Corpus.of("four")) {
      var refusal = assertThrows(IllegalArgumentException.class, () -> patient.train(tiny));
      assertTrue(refusal.getMessage().contains("of 4 tokens none"), refusal.getMessage());
    }
  }

  @Test
  void patienceStopsAndKeepsTheBestModel() {
    var options = Texts.smallTrainer().epochs(50).learningRate(0.05);
    Diary diary = new Diary();
    Trainer patient = options.validateEvery(7).patience(3).build();
    float[] kept = patient.train(corpus, diary).parameters().toArray();
    int count = diary.validations.size();
    ValidationMetrics best =
        diary.validations.stream()
            .min(Comparator.comparingDouble(ValidationMetrics::loss))
            .orElseThrow();
    assertEquals(diary.validations.get(count - 4), best, "three worse ones followed the best");
    assertTrue(count > 5, "the best is not simply the first: " + best);
    assertTrue(diary.steps.size() < diary.plans.getFirst().steps(), "it stopped early");
    assertEquals(diary.validations.getLast().step(), diary.steps.size(), "and at once");
    float[] repeated =
        Texts.smallTrainer()
            .epochs(50)
            .learningRate(0.05)
            .steps(best.step())
            .build()
            .train(corpus)
            .parameters()
            .toArray();
    assertArrayEquals(repeated, kept);
  }

  @Test
  void marksEveryValidationThatIsTheBestSoFar() {
    Diary diary = new Diary();
    Texts.smallTrainer().learningRate(0.2).validateEvery(1).build().train(corpus, diary);
    double best = Double.POSITIVE_INFINITY;
    int worse = 0;
    for (ValidationMetrics validation : diary.validations) {
      assertEquals(validation.loss() < best, validation.best(), validation.toString());
      best = Math.min(best, validation.loss());
      worse += validation.best() ? 0 : 1;
    }
    assertTrue(worse > 0, "this rate is too high for every validation to be the best");
  }

  @Test
  @Timeout(60)
  void aCancellationFromAnotherThreadReturnsTheModelOfTheStepsDone() {
    Cancellation cancellation = new Cancellation();
    CountDownLatch third = new CountDownLatch(1);
    Thread other =
        Thread.ofPlatform()
            .start(
                () -> {
                  awaitQuietly(third);
                  cancellation.cancel();
                });
    Diary diary = new Diary();
    TrainingListener atTheThirdStep =
        new TrainingListener() {
          @Override
          public void stepped(StepMetrics metrics) {
            if (metrics.step() == 3) {
              third.countDown();
              joinQuietly(other);
            }
          }
        };
    SequenceModel model =
        Texts.smallTrainer().build().train(corpus, diary.and(atTheThirdStep), cancellation);
    assertEquals(3, diary.steps.size());
    assertArrayEquals(
        Texts.smallTrainer().steps(3).build().train(corpus).parameters().toArray(),
        model.parameters().toArray());
    assertEquals(
        new LongProvenance("steps", 3),
        model.provenance().getInstanceProvenance().getMap().get("steps"));
  }

  @Test
  void aTrainingCancelledBeforeItsFirstStepGivesTheFirstModel() {
    Cancellation cancellation = new Cancellation();
    cancellation.cancel();
    Diary diary = new Diary();
    SequenceModel model = Texts.smallTrainer().build().train(corpus, diary, cancellation);
    assertEquals(List.of(), diary.steps);
    assertEquals(List.of(), diary.validations);
    assertEquals(
        model.parameters().count(), diary.plans.getFirst().parameters(), "a model all the same");
    assertEquals(
        new LongProvenance("steps", 0),
        model.provenance().getInstanceProvenance().getMap().get("steps"));
  }

  @Test
  void aCancellationEndsAValidationToo() {
    Cancellation cancellation = new Cancellation();
    Diary diary =
        new Diary() {
          @Override
          public void validating() {
            super.validating();
            cancellation.cancel();
          }
        };
    SequenceModel model =
        Texts.smallTrainer().validateEvery(2).build().train(corpus, diary, cancellation);
    assertEquals(1, diary.announced);
    assertEquals(List.of(), diary.validations);
    assertArrayEquals(
        Texts.smallTrainer().steps(2).build().train(corpus).parameters().toArray(),
        model.parameters().toArray());
  }

  @ParameterizedTest
  @ValueSource(doubles = {1e37, 1e39, 1e300})
  void aTrainingThatDivergesNamesTheStep(double rate) {
    Diary diary = new Diary();
    Trainer trainer = Texts.smallTrainer().learningRate(rate).build();
    var diverged =
        assertThrows(TrainingDivergedException.class, () -> trainer.train(corpus, diary));
    assertEquals(diary.steps.size() + 1, diverged.step(), "the steps before were sound");
    assertTrue(
        diverged.getMessage().startsWith("training diverged at step " + diverged.step() + ": loss"),
        diverged.getMessage());
    assertTrue(diverged.getMessage().contains("lower learning rate"), diverged.getMessage());
  }

  @Test
  void aLastStepThatOverflowsIsNoticedByItsValidation() {
    Diary diary = new Diary();
    Trainer trainer = Texts.smallTrainer().steps(1).learningRate(1e39).build();
    var diverged =
        assertThrows(TrainingDivergedException.class, () -> trainer.train(corpus, diary));
    assertEquals(1, diverged.step());
    assertTrue(diverged.getMessage().contains("validation loss NaN"), diverged.getMessage());
    assertEquals(List.of(), diary.validations);
  }

  @Test
  void aLastStepThatOverflowsIsNoticedWithoutValidationToo() {
    Trainer trainer = Texts.smallTrainer().steps(1).validation(0).learningRate(1e39).build();
    var diverged = assertThrows(TrainingDivergedException.class, () -> trainer.train(corpus));
    assertEquals(1, diverged.step());
    assertTrue(
        diverged.getMessage().contains("lstm.weight_ih_l0 has the value"), diverged.getMessage());
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void joinQuietly(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}

package org.levin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.levin.corpus.Batcher;
import org.levin.corpus.Corpus;
import org.levin.corpus.CorpusEncoder;
import org.levin.format.DamagedFileException;
import org.levin.model.LstmArchitecture;
import org.levin.text.UnknownSymbols;
import org.levin.text.Vocabulary;
import org.levin.training.Cancellation;
import org.levin.training.CheckpointInterval;
import org.levin.training.Checkpointing;
import org.levin.training.LearningRateSchedule;
import org.levin.training.StepMetrics;
import org.levin.training.TrainingListener;
import org.levin.training.TrainingOptions;

/** A training that was interrupted goes on as if it had not been. */
class ResumptionTest {
  private static final int STEPS = 31;

  @TempDir Path folder;
  private final Corpus corpus = Corpus.of(Texts.ANNA);

  @AfterEach
  void closeTheCorpus() {
    corpus.close();
  }

  /** Two layers of an odd size, dropout, a schedule, several epochs, validations within them. */
  private static TrainingOptions.Builder<Trainer> trainer() {
    return Trainer.builder()
        .architecture(LstmArchitecture.of(2, 13))
        .dropout(0.3)
        .batchSize(3)
        .sequenceLength(29)
        .learningRate(0.01)
        .schedule(LearningRateSchedule.COSINE)
        .clipNorm(0.5)
        .epochs(4)
        .steps(STEPS)
        .validateEvery(5)
        .seed(-7);
  }

  /** A diary that cancels after a step. */
  private static final class Until extends Diary {
    private final Cancellation cancellation = new Cancellation();
    private final long last;

    Until(long last) {
      this.last = last;
    }

    @Override
    public void stepped(StepMetrics metrics) {
      super.stepped(metrics);
      if (metrics.step() == last) {
        cancellation.cancel();
      }
    }
  }

  @Test
  void afterEveryStepAndEveryNumberOfThreads() throws IOException {
    assertResumesEverywhere(options -> options);
  }

  @Test
  void withPatienceTheBestModelAndThePatienceLeftAreKept() throws IOException {
    assertResumesEverywhere(options -> options.patience(2).learningRate(0.3).schedule(constant()));
  }

  private static LearningRateSchedule constant() {
    return LearningRateSchedule.CONSTANT;
  }

  @Test
  void withoutValidationAndWithOneRow() throws IOException {
    assertResumesEverywhere(options -> options.validation(0).batchSize(1).sequenceLength(101));
  }

  private void assertResumesEverywhere(UnaryOperator<TrainingOptions.Builder<Trainer>> change)
      throws IOException {
    Diary whole = new Diary();
    SequenceModel expected = change.apply(trainer()).build().train(corpus, whole);
    long steps = whole.steps.size();
    assertTrue(steps > 8, "too few steps to interrupt: " + steps);
    for (long stop = 1; stop <= steps; stop++) {
      Path checkpoint = folder.resolve("checkpoint-" + stop);
      Until first = new Until(stop);
      SequenceModel soFar =
          change
              .apply(trainer())
              .threads(1 + (int) stop % 3)
              .build()
              .checkpointing(Checkpointing.to(checkpoint))
              .train(corpus, first, first.cancellation);
      try (SequenceModel read = SequenceModel.load(checkpoint)) {
        assertSameModel(soFar, read, "the checkpoint is the model so far, step " + stop);
      }
      Diary second = new Diary();
      SequenceModel resumed = Trainer.resuming(checkpoint).train(corpus, second);
      assertSameModel(expected, resumed, "stopped after step " + stop);
      assertEquals(losses(whole.steps), losses(first.steps, second.steps));
      List<Long> validated = new ArrayList<>(first.validatedSteps());
      validated.addAll(second.validatedSteps());
      assertEquals(whole.validatedSteps(), validated, "stopped after step " + stop);
    }
  }

  @SafeVarargs
  private static List<List<Double>> losses(List<StepMetrics>... parts) {
    List<List<Double>> losses = new ArrayList<>();
    for (List<StepMetrics> part : parts) {
      part.forEach(
          step -> losses.add(List.of(step.loss(), step.gradientNorm(), step.learningRate())));
    }
    return losses;
  }

  private static void assertSameModel(SequenceModel expected, SequenceModel actual, String when) {
    assertEquals(RunRecord.digest(expected), RunRecord.digest(actual), when);
    assertEquals(result(expected), result(actual), when);
  }

  /** What the record says of the result: steps and losses. */
  private static List<String> result(SequenceModel model) {
    return model.provenance().getInstanceProvenance().getMap().entrySet().stream()
        .filter(entry -> entry.getKey().contains("loss") || entry.getKey().equals("steps"))
        .map(entry -> entry.getKey() + "=" + entry.getValue())
        .sorted()
        .toList();
  }

  @Test
  void goesOnManyTimes() throws IOException {
    Path checkpoint = folder.resolve("checkpoint");
    SequenceModel expected = trainer().build().train(corpus);
    Until first = new Until(2);
    trainer()
        .build()
        .checkpointing(Checkpointing.to(checkpoint))
        .train(corpus, first, first.cancellation);
    for (int stop = 5; stop < STEPS; stop += 3) {
      Until next = new Until(stop);
      Trainer.resuming(checkpoint).train(corpus, next, next.cancellation);
      assertEquals(3, next.steps.size());
    }
    assertSameModel(expected, Trainer.resuming(checkpoint).train(corpus), "in the end");
  }

  @Test
  void aTrainingThatHasEndedGivesItsModelAgain() throws IOException {
    Path checkpoint = folder.resolve("checkpoint");
    SequenceModel expected =
        trainer().build().checkpointing(Checkpointing.to(checkpoint)).train(corpus);
    Diary none = new Diary();
    assertSameModel(expected, Trainer.resuming(checkpoint).train(corpus, none), "at once");
    assertEquals(0, none.steps.size());
  }

  @Test
  void writesACheckpointEverySoManyStepsAndInTheEnd() {
    List<Long> written = new ArrayList<>();
    TrainingListener listener =
        new TrainingListener() {
          @Override
          public void checkpointed(long step) {
            written.add(step);
          }
        };
    Checkpointing seventh =
        Checkpointing.to(folder.resolve("checkpoint")).every(CheckpointInterval.every(7));
    trainer().build().checkpointing(seventh).train(corpus, listener);
    assertEquals(List.of(7L, 14L, 21L, 28L, 31L), written);
    written.clear();
    trainer()
        .build()
        .checkpointing(seventh.every(CheckpointInterval.never()))
        .train(corpus, listener);
    assertEquals(List.of(), written);
  }

  /** The validation that was under way is made up for. */
  @Test
  void aTrainingThatIsCancelledWhileItValidates() throws IOException {
    Path checkpoint = folder.resolve("checkpoint");
    Diary whole = new Diary();
    SequenceModel expected = trainer().patience(3).build().train(corpus, whole);
    Cancellation cancellation = new Cancellation();
    Diary first =
        new Diary() {
          @Override
          public void validating() {
            cancellation.cancel();
          }
        };
    trainer()
        .patience(3)
        .build()
        .checkpointing(Checkpointing.to(checkpoint))
        .train(corpus, first, cancellation);
    assertEquals(5, first.steps.size());
    assertEquals(0, first.validations.size());
    Diary second = new Diary();
    assertSameModel(expected, Trainer.resuming(checkpoint).train(corpus, second), "resumed");
    assertEquals(whole.validations, second.validations);
  }

  /** With as many rows as it likes, whatever the options say. */
  @Test
  void withABatcherOfTheCallersOwn() throws IOException {
    Batcher batcher = Batcher.contiguous(5, 17);
    Path checkpoint = folder.resolve("checkpoint");
    SequenceModel expected = trainer().build().with(batcher).train(corpus);
    Until first = new Until(15);
    trainer()
        .build()
        .with(batcher)
        .checkpointing(Checkpointing.to(checkpoint))
        .train(corpus, first, first.cancellation);
    SequenceModel resumed = Trainer.resuming(checkpoint).with(batcher).train(corpus);
    assertSameModel(expected, resumed, "resumed");
    assertTrue(resumed.provenance().toString().contains("5 rows of 17 steps"));
  }

  @Test
  void aTrainingThatStartedFromAModelNeedsItNoMore() throws IOException {
    SequenceModel start = trainer().steps(3).seed(1).build().train(corpus);
    SequenceModel expected = trainer().build().startingFrom(start).train(corpus);
    Path checkpoint = folder.resolve("checkpoint");
    Until first = new Until(11);
    trainer()
        .build()
        .startingFrom(start)
        .checkpointing(Checkpointing.to(checkpoint))
        .train(corpus, first, first.cancellation);
    SequenceModel resumed = Trainer.resuming(checkpoint).train(corpus);
    assertSameModel(expected, resumed, "resumed");
    String digest = RunRecord.digest(start);
    assertTrue(resumed.provenance().toString().contains(digest), "it says where it started");
    assertTrue(
        resumed.provenance().getInstanceProvenance().getMap().containsKey("parent"),
        "and how that came to be");
    assertSameModel(
        expected,
        Trainer.resuming(checkpoint).startingFrom(start).train(corpus),
        "the model may be given again");
    IllegalArgumentException other =
        assertThrows(
            IllegalArgumentException.class,
            () -> Trainer.resuming(checkpoint).startingFrom(expected).train(corpus));
    assertTrue(other.getMessage().contains("the model to start from"), other.getMessage());
  }

  @Test
  void optionsThatContradictAreNamed() throws IOException {
    Path checkpoint = interrupted();
    assertContradiction("learningRate is 0.02", trainer().learningRate(0.02), checkpoint);
    assertContradiction("steps is 32", trainer().steps(32), checkpoint);
    assertContradiction("patience is 1", trainer().patience(1), checkpoint);
    assertContradiction("was begun with -7", trainer().seed(7), checkpoint);
    assertContradiction(
        "hiddenSize is 14", trainer().architecture(LstmArchitecture.of(2, 14)), checkpoint);
    trainer().threads(2).engine("cpu").build().resumingFrom(checkpoint).train(corpus);
  }

  private static void assertContradiction(
      String said, TrainingOptions.Builder<Trainer> other, Path checkpoint) {
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> other.build().resumingFrom(checkpoint));
    assertTrue(refused.getMessage().contains(said), refused.getMessage());
    assertTrue(refused.getMessage().contains(checkpoint.toString()), refused.getMessage());
  }

  @Test
  void anotherTextIsNamed() throws IOException {
    Path checkpoint = interrupted();
    byte[] before = Files.readAllBytes(checkpoint);
    try (Corpus other = Corpus.of(Texts.ANNA.replace("Everything", "Ev'rything"))) {
      assertOther("was begun with another corpus: this one has text (", checkpoint, other);
    }
    try (Corpus bytes = CorpusEncoder.of(Texts.ANNA).vocabulary(Vocabulary.bytes()).open()) {
      assertOther("this one has a vocabulary of 256 symbols", checkpoint, bytes);
    }
    Vocabulary fewer = Vocabulary.codePointsOf(Texts.ANNA.replace("q", ""));
    Path replaced = folder.resolve("replaced");
    try (Corpus asA = encoded(fewer, "a");
        Corpus asSpace = encoded(fewer, " ")) {
      Until until = new Until(4);
      trainer()
          .build()
          .checkpointing(Checkpointing.to(replaced))
          .train(asA, until, until.cancellation);
      assertOther("unknown symbols or malformed bytes were treated otherwise", replaced, asSpace);
      Trainer.resuming(replaced).train(asA);
    }
    IllegalArgumentException batcher =
        assertThrows(
            IllegalArgumentException.class,
            () -> Trainer.resuming(checkpoint).with(Batcher.contiguous(3, 28)).train(corpus));
    assertTrue(batcher.getMessage().contains("another batcher"), batcher.getMessage());
    assertEquals(-1, Arrays.mismatch(before, Files.readAllBytes(checkpoint)));
  }

  private static Corpus encoded(Vocabulary vocabulary, String instead) throws IOException {
    return CorpusEncoder.of(Texts.ANNA)
        .vocabulary(vocabulary)
        .unknownSymbols(UnknownSymbols.replaceWith(instead))
        .open();
  }

  private static void assertOther(String said, Path checkpoint, Corpus other) {
    IllegalArgumentException refused =
        assertThrows(
            IllegalArgumentException.class, () -> Trainer.resuming(checkpoint).train(other));
    assertTrue(refused.getMessage().contains(said), refused.getMessage());
  }

  @Test
  void aModelIsNoCheckpoint() throws IOException {
    Path model = folder.resolve("model");
    trainer().steps(1).build().train(corpus).save(model);
    DamagedFileException refused =
        assertThrows(DamagedFileException.class, () -> Trainer.resuming(model));
    assertTrue(refused.getMessage().contains("is no checkpoint"), refused.getMessage());
  }

  @Test
  void leavesNothingBesideTheCheckpoint() throws IOException {
    Path checkpoint = interrupted();
    Files.writeString(folder.resolve("checkpoint.lock"), "process 1\n");
    Trainer.resuming(checkpoint).train(corpus);
    try (var files = Files.list(folder)) {
      assertEquals(List.of(checkpoint), files.toList());
    }
    assertFalse(Files.exists(folder.resolve("checkpoint.lock")));
  }

  private Path interrupted() {
    Path checkpoint = folder.resolve("checkpoint");
    Until until = new Until(4);
    trainer()
        .build()
        .checkpointing(Checkpointing.to(checkpoint))
        .train(corpus, until, until.cancellation);
    return checkpoint;
  }
}

package org.levin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.levin.corpus.Batcher;
import org.levin.corpus.Corpus;
import org.levin.format.ModelFile;
import org.levin.model.LstmArchitecture;
import org.levin.provenance.ProvenanceDifference;
import org.levin.training.Cancellation;
import org.levin.training.Checkpointing;
import org.levin.training.LearningRateSchedule;
import org.levin.training.StepMetrics;
import org.levin.training.TrainingOptions;

/** A model is trained again from its record alone. */
class ReproductionTest {
  @TempDir Path folder;
  private final Corpus corpus = Corpus.of(Texts.ANNA);

  @AfterEach
  void closeTheCorpus() {
    corpus.close();
  }

  private static TrainingOptions.Builder<Trainer> trainer() {
    return Trainer.builder()
        .architecture(LstmArchitecture.of(2, 13))
        .dropout(0.3)
        .batchSize(3)
        .sequenceLength(29)
        .learningRate(0.01 / 3)
        .schedule(LearningRateSchedule.COSINE)
        .clipNorm(0.5)
        .epochs(3)
        .validateEvery(5)
        .seed(-7);
  }

  /** Through a file, as a stranger has it. */
  private SequenceModel stored(SequenceModel model) throws IOException {
    Path file = folder.resolve("model");
    model.save(file);
    return SequenceModel.load(file);
  }

  private static void assertIdentical(SequenceModel original, SequenceModel again) {
    ModelComparison comparison = ModelComparison.of(original, again);
    assertTrue(comparison.identical(), () -> comparison.tensors().toString());
    assertEquals(
        Set.of("trained-at"),
        comparison.provenance().stream()
            .map(ProvenanceDifference::path)
            .filter(path -> !path.equals("instance-values.threads"))
            .collect(Collectors.toSet()));
  }

  @Test
  void aTrainedModelIsTheSameToTheBit() throws IOException {
    SequenceModel model = stored(trainer().threads(2).build().train(corpus));
    assertIdentical(model, Reproduction.of(model).train(corpus));
    assertIdentical(model, Reproduction.of(model).threads(1).train(corpus));
    assertEquals(
        RunRecord.digest(model), RunRecord.digest(Trainer.thatTrained(model).train(corpus)));
  }

  @Test
  void soIsTheBestModelOfATrainingWithPatience() throws IOException {
    SequenceModel model = stored(trainer().patience(1).learningRate(0.3).build().train(corpus));
    assertIdentical(model, Reproduction.of(model).train(corpus));
  }

  /** After any step, in the middle of validations too, with and without a best model. */
  @Test
  void soIsTheModelOfATrainingThatWasInterrupted() throws IOException {
    Diary whole = new Diary();
    trainer().build().train(corpus, whole);
    int last = whole.steps.size();
    for (int stop : new int[] {1, 4, 5, 10, 11, 14, last}) {
      for (boolean patient : new boolean[] {true, false}) {
        Cancellation cancellation = new Cancellation();
        Diary diary =
            new Diary() {
              @Override
              public void stepped(StepMetrics metrics) {
                if (metrics.step() == stop) {
                  cancellation.cancel();
                }
              }
            };
        TrainingOptions.Builder<Trainer> options = trainer();
        Trainer trainer = (patient ? options.patience(3) : options).build();
        SequenceModel model = stored(trainer.train(corpus, diary, cancellation));
        assertTrue(model.provenance().toString().contains("interrupted-after=" + stop));
        ModelComparison comparison =
            ModelComparison.of(model, Reproduction.of(model).train(corpus));
        assertTrue(comparison.identical(), stop + ", " + patient + ": " + comparison.tensors());
      }
    }
  }

  @Test
  void soIsTheModelOfATrainingThatWentOnFromACheckpoint() throws IOException {
    Path checkpoint = folder.resolve("checkpoint");
    Cancellation cancellation = new Cancellation();
    Diary diary =
        new Diary() {
          @Override
          public void validating() {
            cancellation.cancel();
          }
        };
    trainer()
        .build()
        .checkpointing(Checkpointing.to(checkpoint))
        .train(corpus, diary, cancellation);
    try (SequenceModel soFar = SequenceModel.load(checkpoint)) {
      assertTrue(ModelComparison.of(soFar, Reproduction.of(soFar).train(corpus)).identical());
    }
    SequenceModel model = stored(Trainer.resuming(checkpoint).train(corpus));
    assertIdentical(model, Reproduction.of(model).train(corpus));
  }

  @Test
  void aFineTunedModelNeedsTheOneThatItStartedFrom() throws IOException {
    SequenceModel start = trainer().steps(3).seed(1).build().train(corpus);
    SequenceModel model = stored(trainer().build().startingFrom(start).train(corpus));
    Reproduction reproduction = Reproduction.of(model);
    assertIdentical(model, reproduction.startingFrom(start).train(corpus));
    refuses(RunRecord.digest(start), () -> reproduction.train(corpus));
    refuses("not from one with", () -> reproduction.startingFrom(model).train(corpus));
  }

  @Test
  void aBatcherOfTheCallersOwnMustBeGiven() throws IOException {
    Batcher own = Batcher.contiguous(5, 17);
    SequenceModel model = stored(trainer().build().with(own).train(corpus));
    refuses("5 rows of 17 steps", () -> Reproduction.of(model).train(corpus));
    assertIdentical(model, Reproduction.of(model).with(own).train(corpus));
  }

  @Test
  void anotherTextIsRefusedBeforeAnythingIsTrained() throws IOException {
    SequenceModel model = stored(trainer().build().train(corpus));
    try (Corpus other = Corpus.of(Texts.ANNA + "!")) {
      refuses("another corpus", () -> Reproduction.of(model).train(other));
    }
  }

  @Test
  void anAlteredOptionShowsInTheTensors() throws IOException {
    SequenceModel model = trainer().build().train(corpus);
    SequenceModel forged = forged(model, "\"clipNorm\",\"value\":\"0.5\"", "\"0.25\"");
    ModelComparison comparison = ModelComparison.of(forged, Reproduction.of(forged).train(corpus));
    assertFalse(comparison.identical());
    assertEquals(model.parameters().tensors().size(), comparison.tensors().size());
    TensorDifference first = comparison.tensors().getFirst();
    assertTrue(first.different() > 0 && first.largest() > 0, first::toString);
    assertTrue(first.toString().contains("values differ, by up to"), first::toString);

    SequenceModel wider = forged(model, "\"hiddenSize\",\"value\":\"13\"", "\"14\"");
    List<TensorDifference> shapes =
        ModelComparison.of(wider, Reproduction.of(wider).train(corpus)).tensors();
    assertTrue(
        shapes.toString().contains("lstm.weight_hh_l0: [52, 13] and [56, 14]"), shapes::toString);

    SequenceModel deeper = forged(model, "\"layers\",\"value\":\"2\"", "\"1\"");
    List<TensorDifference> missing =
        ModelComparison.of(deeper, Reproduction.of(deeper).train(corpus)).tensors();
    assertTrue(
        missing.toString().contains("lstm.weight_hh_l1: only in the first model"),
        missing::toString);
  }

  private SequenceModel forged(SequenceModel model, String stated, String value)
      throws IOException {
    Path file = folder.resolve("forged");
    model.save(file);
    ModelFile content = ModelFile.read(file);
    String forged = stated.substring(0, stated.lastIndexOf(':') + 1) + value;
    assertTrue(content.provenance().contains(stated), content::provenance);
    new ModelFile(
            content.parameters(),
            content.vocabulary(),
            content.provenance().replace(stated, forged))
        .write(file);
    return SequenceModel.load(file);
  }

  private static void refuses(String said, org.junit.jupiter.api.function.Executable training) {
    IllegalArgumentException refused = assertThrows(IllegalArgumentException.class, training);
    assertTrue(refused.getMessage().contains(said), refused.getMessage());
  }
}

package org.levin;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.levin.corpus.Batch;
import org.levin.corpus.Batcher;
import org.levin.corpus.Corpus;
import org.levin.corpus.CorpusEncoder;
import org.levin.corpus.CorpusTooShortException;
import org.levin.corpus.TokenSequence;
import org.levin.engine.UnknownEngineException;
import org.levin.model.Initialization;
import org.levin.model.LstmArchitecture;
import org.levin.training.LearningRateSchedule;
import org.levin.training.StepMetrics;
import org.levin.training.TrainingOptions;
import org.levin.training.TrainingPlan;

class TrainerTest {
  private final Corpus corpus = Corpus.of(Texts.ANNA);

  @AfterEach
  void closeTheCorpus() {
    corpus.close();
  }

  @Test
  void learns() {
    Diary diary = new Diary();
    Texts.smallTrainer().dropout(0).epochs(20).learningRate(0.02).build().train(corpus, diary);
    double uniform = Math.log(corpus.vocabulary().size());
    assertEquals(uniform, diary.steps.getFirst().loss(), 0.1, "it begins by guessing");
    assertTrue(diary.steps.getLast().loss() < 2.2, diary.steps.getLast().toString());
    double before = diary.validations.getFirst().loss();
    double after = diary.validations.getLast().loss();
    assertTrue(after < before - 0.3, before + " -> " + after);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void anyNumberOfThreadsGivesTheSameModel(int threads) {
    assertArrayEquals(train(UnaryOperator.identity()), train(options -> options.threads(threads)));
  }

  @Test
  void theSeedDecides() {
    assertArrayEquals(train(UnaryOperator.identity()), train(UnaryOperator.identity()));
    assertFalse(Arrays.equals(train(UnaryOperator.identity()), train(o -> o.seed(8))));
  }

  @Test
  void doesWhatAPlainLoopOverTheBatchesDoes() {
    var options =
        Texts.smallTrainer().schedule(LearningRateSchedule.COSINE).clipNorm(0.1).epochs(2);
    Trainer trainer = options.build();
    Diary diary = new Diary();
    float[] model = trainer.train(corpus, diary).parameters().toArray();
    assertTrue(
        diary.steps.stream().allMatch(step -> step.gradientNorm() > 0.1), "clipping is active");
    assertArrayEquals(
        Texts.trainByHand(trainer.options(), Batcher.contiguous(6, 17), corpus), model);
  }

  @Test
  void takesABatcherOfTheCallers() {
    Trainer trainer = Texts.smallTrainer().build().with(new Skipping(3, Batcher.contiguous(5, 9)));
    Diary diary = new Diary();
    float[] model = trainer.train(corpus, diary).parameters().toArray();
    assertEquals(45, diary.plans.getFirst().tokensPerStep());
    assertArrayEquals(
        Texts.trainByHand(trainer.options(), new Skipping(3, Batcher.contiguous(5, 9)), corpus),
        model);
    assertFalse(
        Arrays.equals(
            Texts.trainByHand(trainer.options(), Batcher.contiguous(5, 9), corpus), model));
  }

  /** Leaves out the first tokens. */
  private record Skipping(int tokens, Batcher batcher) implements Batcher {
    @Override
    public int rows() {
      return batcher.rows();
    }

    @Override
    public int steps() {
      return batcher.steps();
    }

    @Override
    public long count(TokenSequence all) {
      return batcher.count(all.slice(tokens, all.size()));
    }

    @Override
    public Batch batch(TokenSequence all, long index) {
      return batcher.batch(all.slice(tokens, all.size()), index);
    }
  }

  @Test
  void saysBeforehandWhatItWillDo() {
    Diary diary = new Diary();
    Texts.smallTrainer().epochs(2).build().train(corpus, diary);
    long validation = Math.round(corpus.size() * 0.1);
    long training = corpus.size() - validation;
    int symbols = corpus.vocabulary().size();
    assertEquals(
        List.of(
            new TrainingPlan(
                "cpu",
                (int) LstmArchitecture.of(2, 13).parameterCount(symbols),
                symbols,
                training,
                validation,
                6 * 17,
                training / (6 * 17),
                2 * (training / (6 * 17)))),
        diary.plans);
    assertEquals(diary.plans.getFirst().steps(), diary.steps.size());
  }

  @Test
  void tellsEveryStepOnce() {
    Diary diary = new Diary();
    Texts.smallTrainer()
        .schedule(LearningRateSchedule.COSINE)
        .epochs(2)
        .build()
        .train(corpus, diary);
    long steps = diary.plans.getFirst().steps();
    long perEpoch = diary.plans.getFirst().stepsPerEpoch();
    for (int i = 0; i < steps; i++) {
      StepMetrics step = diary.steps.get(i);
      assertEquals(i + 1, step.step());
      assertEquals(i / perEpoch + 1, step.epoch());
      assertEquals(0.01 * LearningRateSchedule.COSINE.factor(i + 1, steps), step.learningRate());
      assertTrue(step.tokensPerSecond() > 0);
    }
  }

  @Test
  void endsAfterStepsOrEpochsWhicheverComesFirst() {
    Diary diary = new Diary();
    Texts.smallTrainer().steps(4).build().train(corpus, diary);
    assertEquals(4, diary.steps.size());
    assertEquals(4, diary.plans.getFirst().steps());
    Diary longer = new Diary();
    Texts.smallTrainer().steps(1_000).build().train(corpus, longer);
    assertEquals(2 * longer.plans.getFirst().stepsPerEpoch(), longer.steps.size());
  }

  @Test
  void aCorpusFileGivesTheModelOfItsText(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("anna.arrow");
    CorpusEncoder.of(Texts.ANNA).encodeTo(file);
    try (Corpus stored = Corpus.open(file)) {
      assertArrayEquals(
          train(UnaryOperator.identity()),
          Texts.smallTrainer().build().train(stored).parameters().toArray());
    }
  }

  @Test
  void oneTrainerTrainsManyModels() {
    Trainer trainer = Texts.smallTrainer().steps(3).build();
    float[] first = trainer.train(corpus).parameters().toArray();
    assertArrayEquals(first, trainer.train(corpus).parameters().toArray());
    try (Corpus other = Corpus.of(Texts.ANNA.toUpperCase(java.util.Locale.ROOT))) {
      assertEquals(other.vocabulary(), trainer.train(other).vocabulary());
    }
  }

  @Test
  void aTextTooShortIsAnErrorThatNamesSizesThatFit() {
    try (Corpus little = Corpus.of("abcdefghij".repeat(10))) {
      Trainer trainer = Texts.smallTrainer().build();
      String message =
          assertThrows(CorpusTooShortException.class, () -> trainer.train(little)).getMessage();
      assertEquals(
          "batch size 6 with sequence length 17 needs 102 tokens, but there are 90;"
              + " try batch size 5, or sequence length 15",
          message);
    }
  }

  @Test
  void anEngineThatNobodyHasIsAnError() {
    Trainer trainer = Texts.smallTrainer().engine("abacus").build();
    String message =
        assertThrows(UnknownEngineException.class, () -> trainer.train(corpus)).getMessage();
    assertEquals("unknown engine \"abacus\"; on the class path: cpu", message);
  }

  @Test
  void whatAListenerThrowsEndsTheTraining() {
    Diary diary =
        new Diary() {
          @Override
          public void stepped(StepMetrics metrics) {
            super.stepped(metrics);
            if (metrics.step() == 3) {
              throw new IllegalStateException("enough");
            }
          }
        };
    Trainer trainer = Texts.smallTrainer().build();
    assertThrows(IllegalStateException.class, () -> trainer.train(corpus, diary));
    assertEquals(3, diary.steps.size());
  }

  @Test
  void aTextOfOneSymbolIsLearntAtOnce() {
    try (Corpus same = Corpus.of("a".repeat(200));
        SequenceModel model = Texts.smallTrainer().epochs(1).build().train(same)) {
      assertEquals(0.0, model.score("aaa").bitsPerToken());
      assertEquals("aaaa", model.generate("", 4, org.levin.sampling.Sampler.unchanged(), 1));
    }
  }

  @Test
  void theDefaultsBelongToTheOptionsAlone() {
    assertEquals(TrainingOptions.defaults(), Trainer.builder().build().options());
    assertEquals(TrainingOptions.defaults(), Trainer.of(TrainingOptions.defaults()).options());
  }

  @Test
  void theFirstStepStartsFromTheInitialValues() {
    Diary diary = new Diary();
    float[] model =
        Texts.smallTrainer()
            .steps(1)
            .learningRate(1e-30)
            .build()
            .train(corpus, diary)
            .parameters()
            .toArray();
    assertArrayEquals(
        Initialization.FAN_IN
            .parameters(LstmArchitecture.of(2, 13), corpus.vocabulary().size(), 7)
            .toArray(),
        model);
  }

  private float[] train(UnaryOperator<TrainingOptions.Builder<Trainer>> change) {
    return change.apply(Texts.smallTrainer()).build().train(corpus).parameters().toArray();
  }
}

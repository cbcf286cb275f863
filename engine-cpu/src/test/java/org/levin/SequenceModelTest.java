package org.levin;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.levin.corpus.Batch;
import org.levin.corpus.Corpus;
import org.levin.corpus.TokenSequence;
import org.levin.engine.Adam;
import org.levin.engine.TrainingStep;
import org.levin.engine.UnknownEngineException;
import org.levin.engine.contract.NaiveLstm;
import org.levin.evaluation.Score;
import org.levin.evaluation.ScoredSymbol;
import org.levin.evaluation.ScoringOptions;
import org.levin.evaluation.TextScorer;
import org.levin.provenance.ModelProvenances;
import org.levin.provenance.TrainerConfiguration;
import org.levin.provenance.TrainingFacts;
import org.levin.sampling.Beam;
import org.levin.sampling.GenerationOptions;
import org.levin.sampling.Sampler;
import org.levin.text.Source;
import org.levin.text.UnknownSymbolException;
import org.levin.text.UnknownSymbols;
import org.levin.training.TrainingOptions;
import org.tribuo.provenance.ModelProvenance;

/** What a trained model does: scores, is stored, and tells where it comes from. */
class SequenceModelTest {
  private static final ScoringOptions SKIPPING =
      ScoringOptions.defaults().unknownSymbols(UnknownSymbols.skip());

  private static Corpus corpus;
  private static TrainingOptions options;
  private static SequenceModel model;

  @BeforeAll
  static void trainAModel() {
    corpus = Corpus.of(Texts.ANNA);
    Trainer trainer = Texts.smallTrainer().epochs(3).validateEvery(4).patience(9).build();
    options = trainer.options();
    model = trainer.train(corpus);
  }

  @AfterAll
  static void close() {
    model.close();
    corpus.close();
  }

  /** Longer than what goes through the network at once. */
  @Test
  void scoresAsTheNaiveReferenceDoes() {
    String text = Texts.ANNA.substring(40, 640);
    Score score = model.score(text);
    double[] expected = logProbabilities(model.vocabulary().encode(text));
    assertEquals(599, score.tokens());
    assertArrayEquals(expected, score.logProbabilities(), 1e-5);
    double sum = 0;
    for (double value : expected) {
      sum += value;
    }
    assertEquals(-sum / 599, score.natsPerToken(), 1e-5);
    assertEquals(-sum / 599 / Math.log(2), score.bitsPerToken(), 1e-5);
  }

  /** The sum over log-softmax as one writes it down. */
  private static double[] logProbabilities(int[] ids) {
    int steps = ids.length - 1;
    int symbols = model.vocabulary().size();
    double[] zero = new double[2 * 13];
    double[] logits =
        NaiveLstm.of(model.parameters())
            .run(
                new Batch(
                    1,
                    steps,
                    java.util.Arrays.copyOf(ids, steps),
                    java.util.Arrays.copyOfRange(ids, 1, ids.length)),
                zero,
                zero,
                new TrainingStep(1, 1, 0, 1, 0, Adam.DEFAULT))
            .logits();
    double[] result = new double[steps];
    for (int t = 0; t < steps; t++) {
      double sum = 0;
      for (int v = 0; v < symbols; v++) {
        sum += Math.exp(logits[t * symbols + v]);
      }
      result[t] = logits[t * symbols + ids[t + 1]] - Math.log(sum);
    }
    return result;
  }

  @Test
  void aTextAndItsTokensHaveTheSameScore() {
    TokenSequence tokens = corpus.tokens().slice(100, 500);
    Score expected = model.score(Texts.ANNA.substring(100, 500));
    List<ScoredSymbol> symbols = new ArrayList<>();
    try (TextScorer scorer = model.scorer(ScoringOptions.defaults(), symbols::add)) {
      assertEquals(expected.logProbability(), scorer.add(tokens).finish().logProbability());
    }
    assertArrayEquals(
        expected.logProbabilities(),
        symbols.stream().mapToDouble(ScoredSymbol::logProbability).toArray());
  }

  @Test
  void wholeInPiecesOrAmongOthersAScoreIsTheSameToTheBit() {
    SplittableRandom random = new SplittableRandom(20260101);
    for (int round = 0; round < 20; round++) {
      ScoringOptions options =
          round % 2 == 0 ? ScoringOptions.defaults() : ScoringOptions.defaults().after("The ");
      List<String> texts = new ArrayList<>();
      for (int i = 0; i < 1 + 5 * round; i++) {
        int start = random.nextInt(600);
        texts.add(Texts.ANNA.substring(start, start + 2 + random.nextInt(1 + 30 * round)));
      }
      List<Score> together = model.scoreAll(texts, options);
      for (int i = 0; i < texts.size(); i++) {
        String text = texts.get(i);
        Score alone = model.score(text, options);
        assertArrayEquals(alone.logProbabilities(), together.get(i).logProbabilities());
        assertArrayEquals(alone.ranks(), together.get(i).ranks());
        List<ScoredSymbol> symbols = new ArrayList<>();
        try (TextScorer scorer = model.scorer(options, symbols::add)) {
          for (int at = 0; at < text.length(); ) {
            int end = Math.min(text.length(), at + 1 + random.nextInt(1 + 3 * round));
            scorer.add(text.substring(at, end));
            at = end;
          }
          assertEquals(alone.logProbability(), scorer.finish().logProbability());
        }
        assertArrayEquals(
            alone.logProbabilities(),
            symbols.stream().mapToDouble(ScoredSymbol::logProbability).toArray());
      }
    }
  }

  @Test
  void theFirstSymbolOfATextIsNotScored() {
    assertEquals(1, model.score("An").tokens());
    for (String text : new String[] {"", "A"}) {
      String message =
          assertThrows(IllegalArgumentException.class, () -> model.score(text)).getMessage();
      assertTrue(message.contains("at least 2 symbols"), message);
    }
  }

  @Test
  void anUnknownSymbolIsAnErrorUnlessTheCallerHasAPolicy() {
    var unknown = assertThrows(UnknownSymbolException.class, () -> model.score("Anna 7"));
    assertEquals("7", unknown.symbol());
    assertEquals(5, unknown.position());
    assertArrayEquals(
        model.score("Anna ").logProbabilities(),
        model.score("7A7nna 7", SKIPPING).logProbabilities());
  }

  @Test
  void aStoredModelIsTheSameModel(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("anna.safetensors");
    model.save(file);
    try (SequenceModel loaded = SequenceModel.load(file)) {
      assertEquals(model.architecture(), loaded.architecture());
      assertEquals(model.vocabulary(), loaded.vocabulary());
      assertArrayEquals(model.parameters().toArray(), loaded.parameters().toArray());
      assertArrayEquals(
          model.score(Texts.ANNA).logProbabilities(), loaded.score(Texts.ANNA).logProbabilities());
      assertEquals(
          model.generate("The ", 200, Sampler.topK(5), 3),
          loaded.generate("The ", 200, Sampler.topK(5), 3));
      assertEquals(model.provenance(), loaded.provenance());
    }
  }

  @Test
  void tellsWhereItComesFrom(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("anna.safetensors");
    model.save(file);
    try (SequenceModel loaded = SequenceModel.load(file)) {
      ModelProvenance provenance = loaded.provenance();
      assertEquals(SequenceModel.class.getName(), provenance.getClassName());
      assertEquals(
          TrainerConfiguration.class.getName(), provenance.getTrainerProvenance().getClassName());
      Map<String, ?> configured = provenance.getTrainerProvenance().getConfiguredParameters();
      options
          .toMap()
          .forEach(
              (name, value) ->
                  assertTrue(
                      configured.get(name).toString().endsWith(String.valueOf(value)),
                      name + " is " + configured.get(name)));
      var source = corpus.sources().getFirst();
      assertEquals(
          Collections.singletonList(new Source(source.name(), source.size(), source.sha256())),
          TrainingFacts.sources(provenance));
      String text = ModelProvenances.toText(provenance);
      assertTrue(text.contains(corpus.vocabulary().fingerprint()), text);
      Map<String, ?> facts = provenance.getInstanceProvenance().getMap();
      assertTrue(facts.get("engine").toString().endsWith("cpu"), facts.toString());
      assertTrue(
          facts
              .get("validation-tokens")
              .toString()
              .endsWith(String.valueOf(corpus.split(0.1).validation().size())),
          facts.toString());
      assertTrue(facts.keySet().contains("validation-loss"), facts.toString());
    }
  }

  @Test
  void refusesToWorkOnceClosed(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("anna.safetensors");
    model.save(file);
    for (boolean used : new boolean[] {false, true}) {
      SequenceModel closed = SequenceModel.load(file);
      if (used) {
        closed.score("Anna");
      }
      closed.close();
      closed.close();
      assertThrows(IllegalStateException.class, () -> closed.score("Anna"));
      assertThrows(
          IllegalStateException.class, () -> closed.scorer(ScoringOptions.defaults(), _ -> {}));
      assertThrows(
          IllegalStateException.class,
          () -> closed.generateAll(List.of("A"), GenerationOptions.defaults()));
      assertThrows(
          IllegalStateException.class,
          () -> closed.beamSearch("A", Beam.of(2), GenerationOptions.defaults()));
      assertThrows(
          IllegalStateException.class, () -> closed.generate("A", 5, Sampler.unchanged(), 1));
      assertThrows(IllegalStateException.class, () -> closed.session(GenerationOptions.defaults()));
      assertEquals(model.vocabulary(), closed.vocabulary(), "what is no arithmetic stays");
      closed.save(folder.resolve("again.safetensors"));
    }
  }

  @Test
  void aModelGoesToAnotherEngineAndBothAreClosedByThemselves() {
    double expected = model.score("Anna").natsPerToken();
    SequenceModel other = model.on("cpu");
    assertEquals(expected, other.score("Anna").natsPerToken());
    other.close();
    assertEquals(expected, model.score("Anna").natsPerToken());
    assertThrows(UnknownEngineException.class, () -> model.on("abacus").score("Anna"));
  }

  @Test
  void aSessionDoesNotOutliveItsModel(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("anna.safetensors");
    model.save(file);
    SequenceModel loaded = SequenceModel.load(file);
    try (var session = loaded.session(GenerationOptions.defaults())) {
      session.next();
      loaded.close();
      assertThrows(IllegalStateException.class, session::next);
    }
  }

  /** A model may simply be dropped: its threads must not keep it, and themselves, for ever. */
  @Test
  void aDroppedModelLeavesNoThreadsBehind(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("anna.safetensors");
    model.save(file);
    long before = helpers();
    for (int i = 0; i < 5; i++) {
      SequenceModel.load(file).score("Anna");
    }
    for (int waited = 0; helpers() > before && waited < 200; waited++) {
      Thread.sleep(50);
    }
    assertFalse(helpers() > before, "there are " + helpers() + " threads, there were " + before);
    assertNotEquals(0, model.score("Anna").tokens());
  }

  private static long helpers() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("levin-"))
        .count();
  }
}

package org.levin.tuning.journal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.levin.training.TrainingCorpus;
import org.levin.tuning.space.Configuration;
import org.levin.tuning.strategy.Rungs;
import org.levin.tuning.trial.Objective;

/** A study is taken up by the same plan only. */
class StudyHeaderTest {
  @TempDir Path folder;

  /** A header that can be changed. */
  private static final class Draft {
    private List<String> space = SampleStudy.header().space();
    private final Map<String, Object> options = new LinkedHashMap<>(SampleStudy.header().options());
    private String strategy = SampleStudy.header().strategy();
    private long seed = SampleStudy.header().seed();
    private Rungs rungs = SampleStudy.header().rungs();
    private List<Objective> objectives = SampleStudy.header().objectives();
    private EvaluationShape evaluation = SampleStudy.header().evaluation();
    private Optional<TrainingCorpus> corpus = SampleStudy.header().corpus();

    StudyHeader header() {
      return new StudyHeader(space, options, strategy, seed, rungs, objectives, evaluation, corpus);
    }
  }

  private static Arguments change(String difference, UnaryOperator<Draft> change) {
    return Arguments.of(difference, change.apply(new Draft()).header());
  }

  static Stream<Arguments> others() {
    return Stream.of(
        change(
            "the space with layers=1..3, not layers=1..2",
            draft -> {
              draft.space = List.of("layers=1..3", draft.space.get(1), draft.space.get(2));
              return draft;
            }),
        change(
            "the space without dropout=0.0 if layers=2, not with",
            draft -> {
              draft.space = draft.space.subList(0, 2);
              return draft;
            }),
        change(
            "the space with memory<=5, not without",
            draft -> {
              draft.space = Stream.concat(draft.space.stream(), Stream.of("memory<=5")).toList();
              return draft;
            }),
        change(
            "the order of the space [",
            draft -> {
              draft.space = List.of(draft.space.get(1), draft.space.get(0), draft.space.get(2));
              return draft;
            }),
        change(
            "the options with batchSize=7, not batchSize=128",
            draft -> {
              draft.options.put("batchSize", 7);
              return draft;
            }),
        change(
            "the options with patience=3, not without",
            draft -> {
              draft.options.put("patience", 3);
              return draft;
            }),
        change(
            "the strategy random 9, not genetic 9 6",
            draft -> {
              draft.strategy = "random 9";
              return draft;
            }),
        change(
            "the seed 1, not -9223372036854775808",
            draft -> {
              draft.seed = 1;
              return draft;
            }),
        change(
            "the rungs Rungs[steps=[3, 9], keep=0.5], not",
            draft -> {
              draft.rungs = new Rungs(List.of(3L, 9L), 0.5);
              return draft;
            }),
        change(
            "the objectives loss, not loss, parameters",
            draft -> {
              draft.objectives = List.of(Objective.LOSS);
              return draft;
            }),
        change(
            "the evaluation EvaluationShape[rows=2, steps=3, tokens=5], not",
            draft -> {
              draft.evaluation = new EvaluationShape(2, 3, 5);
              return draft;
            }),
        change(
            "no text, not one",
            draft -> {
              draft.corpus = Optional.empty();
              return draft;
            }),
        change(
            "tale.txt (12 bytes, SHA-256 ffff",
            draft -> {
              draft.corpus = Optional.of(SampleStudy.corpus("tale.txt", "f".repeat(64)));
              return draft;
            }));
  }

  @ParameterizedTest
  @MethodSource("others")
  void anotherPlanIsToldInWhatItDiffers(String difference, StudyHeader asked) throws IOException {
    Path file = SampleStudy.write(folder);
    String message =
        assertThrows(IllegalArgumentException.class, () -> Journal.open(file, asked)).getMessage();
    assertTrue(
        message.startsWith(file + " holds another study: asked for is " + difference), message);
    assertTrue(message.endsWith("; name another file, or ask for the same"), message);
    assertArrayEquals(SampleStudy.bytes(), Files.readAllBytes(file));
    Journal.open(file, SampleStudy.header()).close();
  }

  @Test
  void theSameTextUnderAnotherNameIsTheSame() throws IOException {
    Path file = SampleStudy.write(folder);
    Draft draft = new Draft();
    draft.corpus = Optional.of(SampleStudy.corpus("moved.txt", "0123456789abcdef".repeat(4)));
    Journal.open(file, draft.header()).close();
    assertEquals(Optional.empty(), draft.header().differenceFrom(SampleStudy.header()));
  }

  @Test
  void whatTheOtherFileSaysCanBeShown() throws IOException {
    Draft draft = new Draft();
    draft.space = List.of("a\u001b[2J\nb" + "c".repeat(10_000));
    Path file = folder.resolve("study.jsonl");
    try (Journal journal = Journal.open(file, draft.header())) {
      journal.append(new StudyEvent.Proposed(1, Configuration.parse("x=1")));
    }
    String message =
        assertThrows(IllegalArgumentException.class, () -> Journal.open(file, SampleStudy.header()))
            .getMessage();
    assertTrue(message.length() < 1_500, message);
    assertTrue(message.chars().noneMatch(Character::isISOControl), message);
  }

  @Test
  void theLossIsTheFirstObjectiveAndNoneIsGivenTwice() {
    Draft draft = new Draft();
    for (List<Objective> objectives :
        List.of(
            List.<Objective>of(),
            List.of(Objective.TIME),
            List.of(Objective.TIME, Objective.LOSS),
            List.of(Objective.LOSS, Objective.LOSS))) {
      draft.objectives = objectives;
      assertThrows(IllegalArgumentException.class, draft::header, objectives::toString);
    }
  }
}

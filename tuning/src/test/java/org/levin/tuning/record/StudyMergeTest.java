package org.levin.tuning.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.levin.training.TrainingCorpus;
import org.levin.tuning.Studies;
import org.levin.tuning.journal.EvaluationShape;
import org.levin.tuning.journal.StudyHeader;
import org.levin.tuning.journal.StudyRecord;
import org.levin.tuning.strategy.Rungs;
import org.levin.tuning.trial.Objective;
import org.levin.tuning.trial.Result;
import org.levin.tuning.trial.Trial;

class StudyMergeTest {
  @TempDir Path folder;

  private static StudyRecord first() {
    StudyRecord study =
        Studies.of()
            .trial(Studies.one("cosine", 0.1), Studies.loss(10, 3), Studies.loss(90, 2))
            .trial(Studies.one("cosine", 0.2), Result.failed(30, "the loss is NaN"))
            .trial(Studies.one("cosine", 0.3))
            .record();
    return new StudyRecord(
        study.header(), study.trials(), Map.of(1, "{\"a\":1}"), Map.of(1, 2.0, 2, 1.0));
  }

  private static StudyRecord second() {
    StudyRecord study =
        Studies.of(Studies.with("genetic", 7, 30L, 90L))
            .trial(Studies.two("cosine", 0.1, 0.25), Studies.loss(30, 2.5))
            .trial(Studies.one("cosine", 0.1), Studies.measured(30, 2.75, 99, 0.5))
            .trial(Studies.one("cosine", 0.3), Studies.loss(30, 2.25))
            .record();
    return new StudyRecord(
        study.header(),
        study.trials(),
        Map.of(2, "{}", 3, "{\"b\":2}"),
        Map.of(1, 4.0, 2, 0.5, 3, 1.5));
  }

  @Test
  void joinsEqualConfigurationsAndNumbersAllAnew() {
    StudyRecord merged = StudyMerge.of(List.of(first(), second()));
    assertEquals(
        List.of(
            new Trial(
                1,
                Studies.one("cosine", 0.1),
                List.of(
                    Studies.loss(10, 3), Studies.measured(30, 2.75, 99, 0.5), Studies.loss(90, 2))),
            new Trial(2, Studies.one("cosine", 0.2), List.of(Result.failed(30, "the loss is NaN"))),
            new Trial(3, Studies.one("cosine", 0.3), List.of(Studies.loss(30, 2.25))),
            new Trial(4, Studies.two("cosine", 0.1, 0.25), List.of(Studies.loss(30, 2.5)))),
        merged.trials());
    assertEquals(Map.of(1, 2.5, 2, 1.0, 3, 1.5, 4, 4.0), merged.seconds());
    assertEquals(Map.of(1, "{\"a\":1}", 3, "{\"b\":2}"), merged.provenances());
    assertEquals("merged", merged.header().strategy());
    assertEquals(new Rungs(List.of(10L, 30L, 90L), 1.0 / 3), merged.header().rungs());
    assertEquals(Studies.HEADER.space(), merged.header().space());
  }

  @Test
  void aStudyMergedWithItselfHasTheSameTrials() {
    StudyRecord merged = StudyMerge.of(List.of(first(), first()));
    assertEquals(first().trials(), merged.trials());
    assertEquals(first().trials(), StudyMerge.of(List.of(first())).trials());
    assertEquals(Map.of(1, 4.0, 2, 2.0), merged.seconds());
  }

  @Test
  void canBeSavedAndRead() throws IOException {
    Path file = folder.resolve("merged.jsonl");
    StudyRecord merged = StudyMerge.of(List.of(first(), second()));
    merged.save(file);
    StudyRecord read = StudyRecord.read(file);
    assertEquals(merged.trials(), read.trials());
    assertEquals(merged.seconds(), read.seconds());
    assertEquals(merged.provenances(), read.provenances());
    assertTrue(StudyComparison.of(merged, read).isSame());
    byte[] before = Files.readAllBytes(file);
    assertThrows(IllegalArgumentException.class, () -> first().save(file));
    assertEquals(-1, java.util.Arrays.mismatch(before, Files.readAllBytes(file)));
    // What was read has whole numbers of another class than what was told, and merges all the same.
    assertEquals(merged.trials(), StudyMerge.of(List.of(first(), read)).trials());
  }

  @Test
  void refusesLossesThatDiffer() {
    StudyRecord other =
        Studies.of()
            .trial(Studies.one("cosine", 0.7))
            .trial(Studies.one("cosine", 0.1), Studies.loss(90, 2.0625))
            .record();
    String message =
        assertThrows(IllegalArgumentException.class, () -> StudyMerge.of(List.of(first(), other)))
            .getMessage();
    assertTrue(
        message.contains(
            "trial 1 of study 1 has loss 2.0 after 90 steps, but trial 2 of study 2 has loss 2.0625 after 90 steps"),
        message);
  }

  @Test
  void aTrialEndsWhereItFailedFirst() {
    StudyRecord later =
        Studies.of().trial(Studies.one("cosine", 0.2), Result.failed(90, "no")).record();
    StudyRecord before =
        Studies.of().trial(Studies.one("cosine", 0.2), Studies.loss(10, 5)).record();
    StudyRecord merged = StudyMerge.of(List.of(later, before, first()));
    assertEquals(
        List.of(Studies.loss(10, 5), Result.failed(30, "the loss is NaN")),
        merged.trials().getFirst().results());
  }

  @Test
  void refusesATrialThatFailedInOneAndWentOnInAnother() {
    StudyRecord other =
        Studies.of().trial(Studies.one("cosine", 0.2), Studies.loss(90, 5)).record();
    String message =
        assertThrows(IllegalArgumentException.class, () -> StudyMerge.of(List.of(first(), other)))
            .getMessage();
    assertTrue(
        message.contains(
            "trial 2 of study 1 has a failure after 30 steps, but trial 1 of study 2 has loss 5.0"),
        message);
  }

  private static StudyHeader header(
      Map<String, Object> options,
      Rungs rungs,
      EvaluationShape shape,
      Optional<TrainingCorpus> text) {
    return new StudyHeader(
        List.of("layers=1..2"),
        options,
        "random",
        1,
        rungs,
        List.of(Objective.LOSS, Objective.PARAMETERS),
        shape,
        text);
  }

  private static TrainingCorpus text(String checksum) {
    return new TrainingCorpus(List.of(), 100, 90, 10, checksum, 5, "0".repeat(64));
  }

  @Test
  void refusesStudiesWhoseLossesCannotBeCompared() {
    Map<String, Object> options = Map.of("seed", 42L);
    Rungs rungs = Rungs.whole(90);
    EvaluationShape shape = EvaluationShape.DEFAULT;
    Optional<TrainingCorpus> text = Optional.of(text("00000001"));
    StudyRecord one = Studies.of(header(options, rungs, shape, text)).record();
    assertRefused("the options", one, header(Map.of("seed", 43L), rungs, shape, text));
    assertRefused("the last rung", one, header(options, Rungs.whole(91), shape, text));
    assertRefused(
        "the evaluation", one, header(options, rungs, new EvaluationShape(1, 2, 3), text));
    assertRefused("the text", one, header(options, rungs, shape, Optional.empty()));
    assertRefused("00000002", one, header(options, rungs, shape, Optional.of(text("00000002"))));
  }

  private static void assertRefused(String why, StudyRecord one, StudyHeader other) {
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> StudyMerge.of(List.of(one, one, Studies.of(other).record())))
            .getMessage();
    assertTrue(message.contains("studies 1 and 3") && message.contains(why), message);
  }

  @Test
  void anOptionThatEveryTrialSetsMayDiffer() {
    StudyRecord one =
        Studies.of(
                header(
                    Map.of("layers", 1L, "seed", 42L),
                    Rungs.whole(90),
                    EvaluationShape.DEFAULT,
                    Optional.empty()))
            .trial(Studies.configuration("layers", 1L), Studies.loss(90, 1))
            .record();
    StudyRecord other =
        Studies.of(
                header(
                    Map.of("layers", 2L, "seed", 42L),
                    Rungs.whole(90),
                    EvaluationShape.DEFAULT,
                    Optional.empty()))
            .trial(Studies.configuration("layers", 2L), Studies.loss(90, 2))
            .record();
    assertEquals(2, StudyMerge.of(List.of(one, other)).trials().size());
    StudyRecord base =
        Studies.of(other.header())
            .trial(Studies.configuration("dropout", 0.5), Studies.loss(90, 3))
            .record();
    assertThrows(IllegalArgumentException.class, () -> StudyMerge.of(List.of(one, base)));
  }

  @Test
  void spacesAreUnitedAndObjectivesThoseInCommon() {
    StudyHeader other =
        header(
            Studies.HEADER.options(), Rungs.whole(90), EvaluationShape.DEFAULT, Optional.empty());
    StudyHeader merged = StudyMerge.of(List.of(first(), Studies.of(other).record())).header();
    assertEquals(List.of(Objective.LOSS), merged.objectives());
    assertEquals(5, merged.space().size());
    assertEquals("layers=1..2", merged.space().getLast());
    assertThrows(IllegalArgumentException.class, () -> StudyMerge.of(List.of()));
  }
}

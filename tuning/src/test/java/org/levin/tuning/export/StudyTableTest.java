package org.levin.tuning.export;

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
import org.levin.tuning.Studies;
import org.levin.tuning.export.StudyColumn.Type;
import org.levin.tuning.journal.StudyRecord;
import org.levin.tuning.trial.Result;

class StudyTableTest {
  @TempDir Path folder;

  /** A study with all that may be missing, and a failure that has to be quoted. */
  static StudyRecord study() {
    StudyRecord study =
        Studies.of()
            .trial(
                Studies.one("cosine", 0.1),
                Studies.measured(10, 2.1, 1234, 1e-5),
                Studies.loss(30, 1.0 / 3))
            .trial(
                Studies.two("constant", 1e-3, 0.25),
                Result.failed(10, "the loss is \"NaN\", so\nit \u00fcberflows \uD83D\uDE00"))
            .trial(Studies.two("cosine", 2e-3, 0))
            .trial(Studies.two("cosine", 4e-3, 0.5), Result.failed(30, ""))
            .record();
    return new StudyRecord(study.header(), study.trials(), Map.of(), Map.of(1, 2.5, 3, 1.0));
  }

  private List<String> columns(StudyTable table) {
    return table.columns().stream().map(column -> column.name() + " " + column.type()).toList();
  }

  @Test
  void hasARowForEachRungThatATrialCameTo() {
    StudyTable table = StudyTable.of(study());
    assertEquals(4, table.rows());
    assertEquals(
        List.of(
            "trial INT32",
            "layers INT64",
            "schedule UTF8",
            "learningRate FLOAT64",
            "dropout FLOAT64",
            "steps INT64",
            "loss FLOAT64",
            "parameters INT64",
            "secondsPerCharacter FLOAT64",
            "failure UTF8",
            "trialSeconds FLOAT64"),
        columns(table));
  }

  @Test
  void quotesWhatCsvAsksFor() throws IOException {
    Path file = folder.resolve("study.csv");
    StudyTable.of(study()).toCsv(file);
    assertEquals(
        """
        trial,layers,schedule,learningRate,dropout,steps,loss,parameters,secondsPerCharacter,failure,trialSeconds\r
        1,1,cosine,0.1,,10,2.1,1234,1.0E-5,,2.5\r
        1,1,cosine,0.1,,30,0.3333333333333333,,,,2.5\r
        2,2,constant,0.001,0.25,10,,,,"the loss is ""NaN"", so
        it \u00fcberflows \uD83D\uDE00",\r
        4,2,cosine,0.004,0.5,30,,,,"",\r
        """,
        Files.readString(file));
  }

  @Test
  void aStudyWithoutTrialsHasAHeadOnly() throws IOException {
    Path file = folder.resolve("study.csv");
    StudyTable.of(Studies.of().record()).toCsv(file);
    assertEquals(
        "trial,steps,loss,parameters,secondsPerCharacter,failure,trialSeconds\r\n",
        Files.readString(file));
  }

  @Test
  void aParameterThatIsCalledLikeAColumnGetsAnotherName() {
    StudyTable table =
        StudyTable.of(
            Studies.of()
                .trial(Studies.configuration("loss", 3L, "steps", "few"), Studies.loss(1, 2))
                .record());
    assertEquals(
        List.of("trial INT32", "configuration.loss INT64", "configuration.steps UTF8"),
        columns(table).subList(0, 3));
  }

  @Test
  void valuesOfSeveralKindsBecomeReals() {
    StudyTable table =
        StudyTable.of(
            Studies.of()
                .trial(Studies.configuration("a", 3L, "b", 1L), Studies.loss(1, 2))
                .trial(Studies.configuration("a", 0.5, "b", "many"), Studies.loss(1, 2))
                .record());
    assertEquals(List.of(Optional.of(3.0), Optional.of(0.5)), table.columns().get(1).values());
    assertEquals(Type.UTF8, table.columns().get(2).type());
    assertEquals(List.of(Optional.of("1"), Optional.of("many")), table.columns().get(2).values());
  }

  @Test
  void replacesAnOldFileWholeOrNotAtAll() throws IOException {
    Path file = Files.writeString(folder.resolve("study.csv"), "old");
    StudyTable.of(study()).toCsv(file);
    assertTrue(Files.readString(file).startsWith("trial,"));
    Path nowhere = folder.resolve("nowhere/study.arrow");
    assertThrows(IOException.class, () -> StudyTable.of(study()).toArrow(nowhere));
  }

  @Test
  void refusesColumnsOfOtherLengthsAndKinds() {
    StudyColumn one = new StudyColumn("a", Type.INT64, false, List.of(Optional.of(1L)));
    StudyColumn none = new StudyColumn("b", Type.INT64, false, List.of());
    assertThrows(IllegalArgumentException.class, () -> new StudyTable(List.of(one, none)));
    assertThrows(IllegalArgumentException.class, () -> new StudyTable(List.of()));
    assertThrows(
        IllegalArgumentException.class,
        () -> new StudyColumn("a", Type.INT64, false, List.of(Optional.empty())));
    assertThrows(
        IllegalArgumentException.class,
        () -> new StudyColumn("a", Type.INT64, true, List.of(Optional.of(1))));
  }
}

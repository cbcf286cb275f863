package org.levin.tuning.insight;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.levin.tuning.Studies;
import org.levin.tuning.journal.StudyRecord;
import org.levin.tuning.trial.Result;

class ParallelCoordinatesTest {
  private static final StudyRecord STUDY =
      Studies.of()
          .trial(Studies.one("cosine", 0.01), Studies.loss(10, 3.25), Studies.loss(30, 2.75))
          .trial(Studies.two("constant", 0.0012345678, 0.25), Studies.loss(10, 2.125))
          .trial(Studies.two("cosine", 0.1, 0), Result.failed(10, "the loss is NaN"))
          .trial(Studies.two("cosine", 0.001, 0.5), Studies.loss(10, 4), Studies.loss(30, 2.5))
          .trial(Studies.one("cosine", 0.05))
          .record();

  @Test
  void axesSpanTheValuesThatWereTried() {
    assertEquals(
        List.of(
            new Axis("layers", List.of("1", "2"), false),
            new Axis("schedule", List.of("constant", "cosine"), false),
            new Axis("learningRate", List.of("0.001", "0.1"), true),
            new Axis("dropout", List.of("0", "0.5"), false)),
        ParallelCoordinates.of(STUDY).axes());
  }

  @Test
  void linesAreEmptyWhereAParameterDoesNotCount() {
    List<ParallelCoordinates.Line> lines = ParallelCoordinates.of(STUDY).lines();
    assertEquals(5, lines.size());
    ParallelCoordinates.Line first = lines.getFirst();
    assertEquals(0, first.places().get(0).getAsDouble());
    assertEquals(1, first.places().get(1).getAsDouble());
    assertEquals(0.5, first.places().get(2).getAsDouble(), 1e-12);
    assertEquals(OptionalDouble.empty(), first.places().get(3));
    assertEquals(30, first.steps());
    assertEquals(OptionalDouble.of(2.75), first.loss());
    assertEquals(OptionalDouble.of(0.5), lines.get(1).places().get(3));
    assertEquals(OptionalDouble.empty(), lines.get(2).loss());
    assertEquals(10, lines.get(2).steps());
    assertEquals(0, lines.get(4).steps());
  }

  @Test
  void oneValueIsInTheMiddle() {
    ParallelCoordinates trials =
        ParallelCoordinates.of(
            Studies.of()
                .trial(Studies.configuration("layers", 12345L), Studies.loss(1, 1))
                .record());
    assertEquals(List.of(new Axis("layers", List.of("12345"), false)), trials.axes());
    assertEquals(List.of(OptionalDouble.of(0.5)), trials.lines().getFirst().places());
  }

  @Test
  void listsThoseThatWereTrainedLongestFirst() {
    assertEquals(
        """
        trial  layers  schedule  learningRate  dropout  steps    loss
            4       2    cosine         0.001      0.5     30  2.5000
            1       1    cosine          0.01        -     30  2.7500
            2       2  constant      0.001235     0.25     10  2.1250
        """,
        ParallelCoordinates.of(STUDY).toText(7, 80));
  }

  @Test
  void leavesOutWhatDoesNotFit() {
    assertEquals(
        """
        trial  layers  schedule  steps    loss
            4       2    cosine     30  2.5000
        left out: learningRate, dropout
        """,
        ParallelCoordinates.of(STUDY).toText(1, 44));
  }

  @Test
  void leavesOutFirstWhatNeverChanges() {
    StudyRecord study =
        Studies.of()
            .trial(Studies.one("constant", 0.01), Studies.loss(90, 1))
            .trial(Studies.one("constant", 0.02), Studies.loss(90, 2))
            .record();
    assertEquals(
        """
        trial  learningRate  steps    loss
            1          0.01     90  1.0000
            2          0.02     90  2.0000
        left out: layers, schedule
        """,
        ParallelCoordinates.of(study).toText(3, 40));
  }

  @Test
  void saysThatNothingWasMeasured() {
    StudyRecord study =
        Studies.of().trial(Studies.one("cosine", 0.1), Result.failed(10, "no")).record();
    assertEquals("No trial has been measured.\n", ParallelCoordinates.of(study).toText(3, 80));
    assertEquals(List.of(), ParallelCoordinates.of(Studies.of().record()).axes());
  }
}

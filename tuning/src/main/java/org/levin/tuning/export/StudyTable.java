package org.levin.tuning.export;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import org.levin.format.AtomicFile;
import org.levin.internal.Arguments;
import org.levin.tuning.export.StudyColumn.Type;
import org.levin.tuning.journal.StudyRecord;
import org.levin.tuning.trial.Measurement;
import org.levin.tuning.trial.Result;
import org.levin.tuning.trial.Trial;

/**
 * A study as a table: a row for every rung that a trial came to, or failed before; trials that have
 * not begun have none.
 *
 * <table>
 * <caption>The columns</caption>
 * <tr><th>name</th><th>type</th><th>what it has</th></tr>
 * <tr><td>trial</td><td>int32</td><td>its number, from 1</td></tr>
 * <tr><td>one for each parameter, under its name</td><td>int64, float64 or utf8</td><td>its value;
 * nothing where it does not count</td></tr>
 * <tr><td>steps</td><td>int64</td><td>of training in all</td></tr>
 * <tr><td>loss</td><td>float64</td><td>nats per token; nothing if the trial failed</td></tr>
 * <tr><td>parameters</td><td>int64</td><td>how many the model has, if that is known</td></tr>
 * <tr><td>secondsPerCharacter</td><td>float64</td><td>how long it takes to write one, if that was
 * measured</td></tr>
 * <tr><td>failure</td><td>utf8</td><td>why the trial failed; nothing if it did not</td></tr>
 * <tr><td>trialSeconds</td><td>float64</td><td>how long the whole trial took: the same in each of
 * its rows; nothing if that is not known</td></tr>
 * </table>
 *
 * <p>A parameter that has the name of another column is called {@code configuration.} and that
 * name.
 *
 * @param columns each of as many values
 */
public record StudyTable(List<StudyColumn> columns) {
  private static final Set<String> TAKEN =
      Set.of(
          "trial", "steps", "loss", "parameters", "secondsPerCharacter", "failure", "trialSeconds");

  private static final String PREFIX = "configuration.";

  /** Takes a copy; checks that all columns are as long. */
  public StudyTable {
    columns = List.copyOf(columns);
    Arguments.require(!columns.isEmpty(), "a table needs a column");
    int rows = columns.getFirst().values().size();
    for (StudyColumn column : columns) {
      Arguments.require(
          column.values().size() == rows,
          "column %s has %d values, but %s has %d",
          column.name(),
          column.values().size(),
          columns.getFirst().name(),
          rows);
    }
  }

  private record Row(Trial trial, Result result, Optional<Double> seconds) {
    Optional<Measurement> measured() {
      return result.measurement();
    }
  }

  /** Returns the table of a study; in the order of the trials' numbers, then of the steps. */
  public static StudyTable of(StudyRecord study) {
    List<Row> rows = new ArrayList<>();
    for (Trial trial : study.trials()) {
      Optional<Double> seconds = Optional.ofNullable(study.seconds().get(trial.number()));
      trial.results().forEach(result -> rows.add(new Row(trial, result, seconds)));
    }
    List<StudyColumn> columns = new ArrayList<>();
    columns.add(column("trial", Type.INT32, false, rows, row -> Optional.of(row.trial().number())));
    study.parameterNames().forEach(name -> columns.add(parameter(name, rows)));
    columns.add(column("steps", Type.INT64, false, rows, row -> Optional.of(row.result().steps())));
    columns.add(
        column("loss", Type.FLOAT64, true, rows, row -> row.measured().map(Measurement::loss)));
    columns.add(column("parameters", Type.INT64, true, rows, StudyTable::parameters));
    columns.add(column("secondsPerCharacter", Type.FLOAT64, true, rows, StudyTable::time));
    columns.add(column("failure", Type.UTF8, true, rows, row -> row.result().failure()));
    columns.add(column("trialSeconds", Type.FLOAT64, true, rows, Row::seconds));
    return new StudyTable(columns);
  }

  private static Optional<Long> parameters(Row row) {
    OptionalLong count = row.measured().map(Measurement::parameters).orElse(OptionalLong.empty());
    return count.isPresent() ? Optional.of(count.getAsLong()) : Optional.empty();
  }

  private static Optional<Double> time(Row row) {
    OptionalDouble seconds =
        row.measured().map(Measurement::secondsPerCharacter).orElse(OptionalDouble.empty());
    return seconds.isPresent() ? Optional.of(seconds.getAsDouble()) : Optional.empty();
  }

  private static StudyColumn parameter(String name, List<Row> rows) {
    List<Optional<Object>> values =
        rows.stream().map(row -> row.trial().configuration().value(name)).toList();
    List<Object> given = values.stream().flatMap(Optional::stream).toList();
    String head = TAKEN.contains(name) ? PREFIX + name : name;
    if (given.stream().allMatch(Long.class::isInstance)) {
      return new StudyColumn(head, Type.INT64, true, values);
    }
    return given.stream().allMatch(Number.class::isInstance)
        ? new StudyColumn(head, Type.FLOAT64, true, mapped(values, StudyTable::real))
        : new StudyColumn(head, Type.UTF8, true, mapped(values, Object::toString));
  }

  private static Object real(Object number) {
    return ((Number) number).doubleValue();
  }

  private static List<Optional<Object>> mapped(
      List<Optional<Object>> values, Function<Object, Object> function) {
    return values.stream().map(value -> value.map(function)).toList();
  }

  private static StudyColumn column(
      String name,
      Type type,
      boolean nullable,
      List<Row> rows,
      Function<Row, Optional<? extends Object>> value) {
    return new StudyColumn(
        name,
        type,
        nullable,
        rows.stream().map(row -> value.apply(row).map(v -> (Object) v)).toList());
  }

  /** Returns how many rows there are. */
  public int rows() {
    return columns.getFirst().values().size();
  }

  /**
   * Writes the table as CSV, in UTF-8, with a head of the names: what is not there is an empty
   * field, a text that is empty a quoted one; numbers can be read back to the last bit. An old file
   * is replaced, whole or not at all.
   *
   * @throws IOException if it cannot be written
   * @see <a href="https://www.rfc-editor.org/rfc/rfc4180">RFC 4180</a>
   */
  public void toCsv(Path file) throws IOException {
    AtomicFile.write(file, channel -> CsvFile.write(this, channel));
  }

  /**
   * Writes the table as an Arrow file of one record batch, which pandas, Polars and DuckDB read. An
   * old file is replaced, whole or not at all.
   *
   * @throws IOException if it cannot be written
   * @see <a href="https://arrow.apache.org/docs/format/Columnar.html#ipc-file-format">Arrow
   *     columnar format, IPC file</a>
   */
  public void toArrow(Path file) throws IOException {
    AtomicFile.write(file, channel -> ArrowFile.write(this, channel));
  }
}

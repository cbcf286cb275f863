package org.levin.tuning.insight;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A table for a terminal that leaves out columns for which it has no room. */
final class Table {
  private static final String GAP = "  ";

  private final int width;
  private final int rows;
  private final List<Column> columns = new ArrayList<>();
  private final List<Column> always = new ArrayList<>();
  private final List<String> leftOut = new ArrayList<>();

  /** Makes a table of so many rows under a head. */
  Table(int width, int rows) {
    this.width = width;
    this.rows = rows;
  }

  /** A head and the cells below it. */
  private record Column(List<String> cells) {
    static <T> Column of(String head, List<T> rows, Function<T, String> cell) {
      return new Column(Stream.concat(Stream.of(head), rows.stream().map(cell)).toList());
    }

    int width() {
      return cells.stream().mapToInt(String::length).max().orElseThrow();
    }
  }

  /** Adds a column that is never left out, at the right of all others. */
  <T> void keep(String head, List<T> of, Function<T, String> cell) {
    always.add(Column.of(head, of, cell));
  }

  /** Adds a column, if there is room. */
  <T> void add(String head, List<T> of, Function<T, String> cell) {
    Column column = Column.of(head, of, cell);
    int taken =
        Stream.concat(columns.stream(), always.stream())
            .mapToInt(each -> each.width() + GAP.length())
            .sum();
    if (taken + column.width() <= width) {
      columns.add(column);
    } else {
      leftOut.add(head);
    }
  }

  /** Returns the lines, each with its break. */
  String toText() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i <= rows; i++) {
      int row = i;
      String line =
          Stream.concat(columns.stream(), always.stream())
              .map(column -> Drawing.right(column.cells().get(row), column.width()))
              .collect(Collectors.joining(GAP));
      text.append(line.stripTrailing()).append('\n');
    }
    if (!leftOut.isEmpty()) {
      text.append("left out: ").append(String.join(", ", leftOut)).append('\n');
    }
    return text.toString();
  }
}

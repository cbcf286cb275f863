package org.levin.tuning.export;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A table as comma-separated values. */
final class CsvFile {
  private static final String END = "\r\n";
  private static final Pattern TO_QUOTE = Pattern.compile("[\",\r\n]");

  private CsvFile() {}

  static void write(StudyTable table, WritableByteChannel channel) throws IOException {
    OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel));
    out.write(line(table, column -> field(column.name())));
    for (int i = 0; i < table.rows(); i++) {
      int row = i;
      out.write(line(table, column -> field(column.values().get(row))));
    }
    out.flush();
  }

  private static byte[] line(StudyTable table, Function<StudyColumn, String> field) {
    return table.columns().stream()
        .map(field)
        .collect(Collectors.joining(",", "", END))
        .getBytes(StandardCharsets.UTF_8);
  }

  private static String field(Optional<Object> value) {
    return value.map(Object::toString).map(CsvFile::field).orElse("");
  }

  private static String field(String text) {
    return text.isEmpty() || TO_QUOTE.matcher(text).find()
        ? '"' + text.replace("\"", "\"\"") + '"'
        : text;
  }
}

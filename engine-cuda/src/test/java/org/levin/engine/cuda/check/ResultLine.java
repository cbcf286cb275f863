package org.levin.engine.cuda.check;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.UncheckedIOException;
import java.util.Optional;

/** The lines by which a process tells its results, as soon as it has them. */
final class ResultLine {
  /** The field that says why there is no result and can be none. */
  static final String NOT_AVAILABLE = "notAvailable";

  private static final String MARK = "result\t";
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private ResultLine() {}

  static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  static void print(ObjectNode result) {
    System.out.println(MARK + result);
    System.out.flush();
  }

  static void printNotAvailable(String reason) {
    print(object().put(NOT_AVAILABLE, reason));
  }

  /** Returns the result that a line tells, if it is such a line. */
  static Optional<JsonNode> read(String line) {
    if (!line.startsWith(MARK)) {
      return Optional.empty();
    }
    try {
      return Optional.of(MAPPER.readTree(line.substring(MARK.length())));
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("a process printed: " + line, e);
    }
  }
}

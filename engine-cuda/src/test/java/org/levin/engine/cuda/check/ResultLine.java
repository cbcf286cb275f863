package org.levin.engine.cuda.check;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/** The lines by which a process tells its results, as soon as it has them. */
final class ResultLine {
  /** The field that says why there is no result and can be none. */
  static final String NOT_AVAILABLE = "notAvailable";

  private static final String MARK = "result\t";
  private static final ObjectMapper MAPPER =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

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

  /** Returns whether a line says that it tells a result. */
  static boolean isOne(String line) {
    return line.startsWith(MARK);
  }

  /**
   * Returns the result that a line tells; empty if it tells none, or if it cannot be read, as when
   * the process was ended in mid-line.
   */
  static Optional<ObjectNode> read(String line) {
    if (!isOne(line)) {
      return Optional.empty();
    }
    try {
      return MAPPER.readTree(line.substring(MARK.length())) instanceof ObjectNode result
          ? Optional.of(result)
          : Optional.empty();
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }
}

package org.levin.format;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The fields of a JSON object in a model's metadata: texts, whole numbers, and lists of texts. Read
 * as a stream: the classes of Jackson's trees take longer to load than a small model to read.
 */
final class JsonFields {
  private static final int DEEPEST = 8;

  /** A list of all characters there are; what is longer ends with the next, which is too many. */
  private static final int LONGEST_LIST = Character.MAX_CODE_POINT + 1;

  /** Remembers no name that a file made up. */
  static final JsonFactory JSON =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build())
          .build();

  private final Path file;
  private final String key;
  private final Map<String, Object> fields = new HashMap<>();

  private JsonFields(Path file, String key) {
    this.file = file;
    this.key = key;
  }

  /** A value of a kind that is not asked for. */
  private record Other(String text) {
    @Override
    public String toString() {
      return text;
    }
  }

  /**
   * Reads the metadata {@code key} of a file.
   *
   * @throws DamagedFileException if it is not one JSON object, or has a field twice
   */
  static JsonFields parse(Path file, String key, String json) throws DamagedFileException {
    JsonFields fields = new JsonFields(file, key);
    try (JsonParser parser = JSON.createParser(json)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw fields.damaged("is not a JSON object");
      }
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        parser.nextToken();
        fields.fields.put(name, value(parser));
      }
      if (parser.nextToken() != null) {
        throw fields.damaged("is no JSON: there is more after the object");
      }
    } catch (JsonProcessingException e) {
      throw new DamagedFileException(file, key + " is no JSON: " + e.getOriginalMessage(), e);
    } catch (DamagedFileException e) {
      throw e;
    } catch (IOException e) {
      throw new AssertionError("a text in memory", e);
    }
    return fields;
  }

  private static Object value(JsonParser parser) throws IOException {
    if (parser.currentToken() == JsonToken.START_ARRAY) {
      return list(parser);
    }
    return scalar(parser);
  }

  /** Of what is no text, the first is kept: a list of anything else may be long. */
  private static List<Object> list(JsonParser parser) throws IOException {
    List<Object> values = new ArrayList<>();
    boolean texts = true;
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (values.size() > LONGEST_LIST) {
        parser.skipChildren();
      } else if (texts) {
        Object value = scalar(parser);
        values.add(value);
        texts = value instanceof String;
      } else {
        parser.skipChildren();
      }
    }
    return values;
  }

  private static Object scalar(JsonParser parser) throws IOException {
    return switch (parser.currentToken()) {
      case VALUE_STRING -> parser.getText();
      case VALUE_NUMBER_INT -> {
        boolean fits = parser.getNumberType() == JsonParser.NumberType.INT;
        yield fits ? (Object) parser.getIntValue() : new Other(parser.getText());
      }
      case START_OBJECT, START_ARRAY -> {
        parser.skipChildren();
        yield new Other("a list or an object");
      }
      default -> new Other(parser.getText());
    };
  }

  /** Returns a text. */
  String text(String name) throws DamagedFileException {
    if (fields.get(name) instanceof String text) {
      return text;
    }
    throw damaged("has no text \"" + name + "\"");
  }

  /** Returns a whole number of at least 1. */
  int count(String name) throws DamagedFileException {
    if (fields.get(name) instanceof Integer count && count >= 1) {
      return count;
    }
    throw damaged("has no \"" + name + "\" of at least 1");
  }

  /** Returns a list of texts; one that is none ends it, as another type of value. */
  List<?> list(String name) throws DamagedFileException {
    if (fields.get(name) instanceof List<?> list) {
      return list;
    }
    throw damaged("has no list \"" + name + "\"");
  }

  /** Returns the exception that says what is wrong with this metadata. */
  DamagedFileException damaged(String problem) {
    return new DamagedFileException(file, key + " " + problem);
  }

  /** Returns the exception that says why this metadata was refused. */
  DamagedFileException damaged(IllegalArgumentException cause) {
    return new DamagedFileException(file, key + ": " + cause.getMessage(), cause);
  }
}

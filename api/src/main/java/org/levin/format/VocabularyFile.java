package org.levin.format;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.CharConversionException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.levin.text.Vocabulary;

/**
 * A vocabulary as other tools write it down: a JSON object from symbol to id, the ids being {@code
 * 0..V-1} in any order.
 */
public final class VocabularyFile {
  private static final JsonFactory JSON =
      JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private VocabularyFile() {}

  /**
   * Reads a vocabulary of code points.
   *
   * @throws DamagedFileException if it is no such object, a symbol is not one code point, or an id
   *     is missing or given twice
   * @throws IOException if it cannot be read
   */
  public static Vocabulary read(Path file) throws IOException {
    Map<String, Integer> ids = parse(file, Files.readAllBytes(file));
    byte[][] symbols = new byte[ids.size()][];
    for (Map.Entry<String, Integer> entry : ids.entrySet()) {
      int id = entry.getValue();
      if (id < 0 || id >= symbols.length || symbols[id] != null) {
        throw new DamagedFileException(
            file,
            "the symbol \""
                + entry.getKey()
                + "\" has the id "
                + id
                + "; "
                + symbols.length
                + " symbols have the ids 0 to "
                + (symbols.length - 1)
                + ", each once");
      }
      symbols[id] = entry.getKey().getBytes(StandardCharsets.UTF_8);
    }
    try {
      return Vocabulary.ofSymbols(Vocabulary.CODE_POINTS, List.copyOf(Arrays.asList(symbols)));
    } catch (IllegalArgumentException e) {
      throw new DamagedFileException(file, e.getMessage(), e);
    }
  }

  private static Map<String, Integer> parse(Path file, byte[] json) throws IOException {
    Map<String, Integer> ids = new HashMap<>();
    try (JsonParser parser = JSON.createParser(json)) {
      require(
          file,
          parser.nextToken() == JsonToken.START_OBJECT,
          "expected a JSON object from symbol to id");
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String symbol = parser.currentName();
        boolean whole = parser.nextToken() == JsonToken.VALUE_NUMBER_INT;
        require(file, whole, "the symbol \"" + symbol + "\" has no whole number as its id");
        ids.put(symbol, parser.getIntValue());
      }
      require(file, parser.nextToken() == null, "there is more after the JSON object");
    } catch (JsonProcessingException e) {
      throw new DamagedFileException(file, "is no JSON: " + e.getOriginalMessage(), e);
    } catch (CharConversionException e) {
      throw new DamagedFileException(file, "is no JSON: " + e.getMessage(), e);
    }
    return ids;
  }

  private static void require(Path file, boolean condition, String problem)
      throws DamagedFileException {
    if (!condition) {
      throw new DamagedFileException(file, problem);
    }
  }
}

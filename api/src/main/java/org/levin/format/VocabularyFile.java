package org.levin.format;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.CharConversionException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.levin.text.Vocabulary;

/**
 * A vocabulary as other tools write it down: a JSON object from symbol to id, the ids being {@code
 * 0..V-1} in any order.
 */
public final class VocabularyFile {
  /** More than all characters take, each escaped and on a line of its own. */
  private static final long LONGEST_FILE = 1 << 26;

  private final Path file;
  private final BitSet seen = new BitSet();
  private int[] codePoints = new int[128];
  private int[] ids = new int[128];
  private int size;

  private VocabularyFile(Path file) {
    this.file = file;
  }

  /**
   * Reads a vocabulary of code points.
   *
   * @throws DamagedFileException if it is no such object, a symbol is not one code point or is
   *     there twice, or an id is missing or given twice
   * @throws IOException if it cannot be read
   */
  public static Vocabulary read(Path file) throws IOException {
    VocabularyFile content = new VocabularyFile(file);
    try (InputStream json = Files.newInputStream(file);
        JsonParser parser = factory().createParser(json)) {
      content.parse(parser);
    } catch (JsonProcessingException e) {
      throw content.damaged("is no JSON: " + e.getOriginalMessage(), e);
    } catch (CharConversionException e) {
      throw content.damaged("is no JSON: " + e.getMessage(), e);
    }
    return content.vocabulary();
  }

  /** One for each file: a factory remembers the names that it has seen, for as long as it lives. */
  private static JsonFactory factory() {
    return JsonFactory.builder()
        .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
        .streamReadConstraints(
            StreamReadConstraints.builder().maxDocumentLength(LONGEST_FILE).build())
        .build();
  }

  private void parse(JsonParser parser) throws IOException {
    if (parser.nextToken() != JsonToken.START_OBJECT) {
      throw damaged("expected a JSON object from symbol to id");
    }
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String symbol = parser.currentName();
      int codePoint = codePoint(symbol);
      if (parser.nextToken() != JsonToken.VALUE_NUMBER_INT) {
        throw damaged("the symbol " + shown(codePoint) + " has no whole number as its id");
      }
      add(codePoint, parser.getIntValue());
    }
    if (parser.nextToken() != null) {
      throw damaged("there is more after the JSON object");
    }
  }

  private int codePoint(String symbol) throws DamagedFileException {
    boolean one =
        !symbol.isEmpty() && symbol.length() == Character.charCount(symbol.codePointAt(0));
    if (!one || Character.getType(symbol.codePointAt(0)) == Character.SURROGATE) {
      throw damaged("a symbol must be one character, not " + HeaderParser.quoted(symbol));
    }
    return symbol.codePointAt(0);
  }

  private void add(int codePoint, int id) throws DamagedFileException {
    if (seen.get(codePoint)) {
      throw damaged("the symbol " + shown(codePoint) + " is there twice");
    }
    seen.set(codePoint);
    if (size == codePoints.length) {
      codePoints = Arrays.copyOf(codePoints, 2 * size);
      ids = Arrays.copyOf(ids, 2 * size);
    }
    codePoints[size] = codePoint;
    ids[size] = id;
    size++;
  }

  private Vocabulary vocabulary() throws DamagedFileException {
    byte[][] symbols = new byte[size][];
    for (int i = 0; i < size; i++) {
      int id = ids[i];
      if (id < 0 || id >= size || symbols[id] != null) {
        throw damaged(
            "the symbol %s has the id %d; %d symbols have the ids 0 to %d, each once"
                .formatted(shown(codePoints[i]), id, size, size - 1));
      }
      symbols[id] = Character.toString(codePoints[i]).getBytes(StandardCharsets.UTF_8);
    }
    try {
      return Vocabulary.ofSymbols(Vocabulary.CODE_POINTS, List.of(symbols));
    } catch (IllegalArgumentException e) {
      throw damaged(e.getMessage(), e);
    }
  }

  private static String shown(int codePoint) {
    return HeaderParser.quoted(Character.toString(codePoint));
  }

  private DamagedFileException damaged(String problem) {
    return new DamagedFileException(file, problem);
  }

  private DamagedFileException damaged(String problem, Throwable cause) {
    return new DamagedFileException(file, problem, cause);
  }
}

package org.levin.format;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.levin.internal.Printable;

/**
 * Reads the header of a safetensors file and believes nothing of it: memory stays within a small
 * multiple of the header's size, depth and work are bounded.
 */
final class HeaderParser {
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(3)
                  .maxNameLength(SafetensorsHeader.MAXIMUM_BYTES)
                  .maxStringLength(SafetensorsHeader.MAXIMUM_BYTES)
                  .maxNumberLength(20)
                  .build())
          .build();

  private static final int LONGEST_QUOTE = 200;

  /** Bytes that a tensor or metadata may take in memory, and while they are read. */
  private static final int NAME_IN_MEMORY = 2048;

  private final Path file;
  private final JsonParser parser;
  private final long dataSize;
  private final int mostNames = Memory.most(SafetensorsHeader.MAXIMUM_NAMES, NAME_IN_MEMORY);
  private final Set<String> names = new HashSet<>();
  private final Map<String, String> metadata = new LinkedHashMap<>();
  private final List<TensorEntry> tensors = new ArrayList<>();

  private HeaderParser(Path file, JsonParser parser, long dataSize) {
    this.file = file;
    this.parser = parser;
    this.dataSize = dataSize;
  }

  /**
   * Returns what {@code header} says.
   *
   * @param dataSize the number of bytes that follow the header, which the tensors must fill
   * @throws DamagedFileException if any rule of the format is broken
   */
  static SafetensorsHeader parse(Path file, byte[] header, long dataSize) throws IOException {
    if (header[0] != '{') {
      throw new DamagedFileException(file, "its header must begin with {, at byte 8");
    }
    // A decoder of our own: Jackson would guess the encoding, and its UTF-8 is lenient.
    Reader characters =
        new InputStreamReader(
            new ByteArrayInputStream(header), StandardCharsets.UTF_8.newDecoder());
    try (JsonParser parser = JSON.createParser(characters)) {
      return new HeaderParser(file, parser, dataSize).parse();
    } catch (JsonProcessingException e) {
      long place = e.getLocation() == null ? -1 : e.getLocation().getCharOffset();
      throw new DamagedFileException(
          file,
          "its header is not JSON as safetensors has it, near character %d: %s"
              .formatted(place, quoted(e.getOriginalMessage())),
          e);
    } catch (CharacterCodingException e) {
      throw new DamagedFileException(file, "its header is not UTF-8", e);
    }
  }

  private SafetensorsHeader parse() throws IOException {
    expect(parser.nextToken() == JsonToken.START_OBJECT, "an object");
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      expectFirst(names.add(name));
      expect(parser.nextToken() == JsonToken.START_OBJECT, "an object");
      if (name.equals(SafetensorsHeader.METADATA)) {
        readMetadata();
      } else {
        readTensor(name);
      }
      requireFew();
    }
    expect(parser.nextToken() == null, "nothing but spaces after the header's object");
    requireFilled();
    return new SafetensorsHeader(metadata, tensors);
  }

  private void readMetadata() throws IOException {
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String key = parser.currentName();
      expect(parser.nextToken() == JsonToken.VALUE_STRING, "a text as metadata");
      expectFirst(metadata.put(key, parser.getText()) == null);
      requireFew();
    }
  }

  private void requireFew() throws DamagedFileException {
    int names = metadata.size() + tensors.size() - (metadata.containsKey(Seal.KEY) ? 1 : 0);
    if (names > mostNames) {
      throw damaged("at most " + mostNames + " tensors and metadata in the memory of this JVM");
    }
  }

  private void readTensor(String name) throws IOException {
    ElementType type = null;
    List<Long> shape = null;
    List<Long> offsets = null;
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String key = parser.currentName();
      parser.nextToken();
      switch (key) {
        case "dtype" -> {
          expectFirst(type == null);
          type = readType();
        }
        case "shape" -> {
          expectFirst(shape == null);
          shape = readNumbers(Tensor.MAXIMUM_RANK);
        }
        case "data_offsets" -> {
          expectFirst(offsets == null);
          offsets = readNumbers(2);
        }
        default -> throw damaged("dtype, shape or data_offsets, not " + quoted(key));
      }
    }
    if (type == null || shape == null || offsets == null || offsets.size() != 2) {
      throw damaged("dtype, shape and two data_offsets of " + quoted(name));
    }
    TensorEntry tensor = new TensorEntry(name, type, shape, offsets.get(0), offsets.get(1));
    requireSize(tensor);
    tensors.add(tensor);
  }

  private ElementType readType() throws IOException {
    expect(parser.currentToken() == JsonToken.VALUE_STRING, "a dtype");
    String name = parser.getText();
    return ElementType.named(name)
        .orElseThrow(() -> damaged("a dtype of safetensors, not " + quoted(name)));
  }

  private List<Long> readNumbers(int most) throws IOException {
    expect(parser.currentToken() == JsonToken.START_ARRAY, "an array of numbers");
    List<Long> numbers = new ArrayList<>(2);
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      boolean whole = parser.currentToken() == JsonToken.VALUE_NUMBER_INT;
      expect(whole && !isNegative(), "a whole number of at least 0");
      numbers.add(parser.getLongValue());
      if (numbers.size() > most) {
        throw damaged("at most " + most + " numbers");
      }
    }
    return numbers;
  }

  /** Whether the number at hand has a minus, as also a zero may. */
  private boolean isNegative() throws IOException {
    return parser.getTextCharacters()[parser.getTextOffset()] == '-';
  }

  /** Refuses a tensor whose shape does not fill its bytes. */
  private void requireSize(TensorEntry tensor) throws DamagedFileException {
    long length = tensor.end() - tensor.begin();
    if (length < 0 || tensor.end() > dataSize) {
      throw new DamagedFileException(
          file,
          "tensor %s lies at bytes [%d, %d) of %d after the header"
              .formatted(quoted(tensor.name()), tensor.begin(), tensor.end(), dataSize));
    }
    if (!fills(tensor, length)) {
      throw new DamagedFileException(
          file,
          "tensor %s of type %s and shape %s does not fill its %d bytes"
              .formatted(quoted(tensor.name()), tensor.type(), tensor.shape(), length));
    }
  }

  private static boolean fills(TensorEntry tensor, long length) {
    try {
      long bits = tensor.type().bits();
      for (long dimension : tensor.shape()) {
        bits = Math.multiplyExact(bits, dimension);
      }
      return bits == Math.multiplyExact(length, Byte.SIZE);
    } catch (ArithmeticException overflow) {
      return false;
    }
  }

  /** Sorts the tensors by place and refuses gaps, overlaps and bytes of nobody. */
  private void requireFilled() throws DamagedFileException {
    tensors.sort(Comparator.comparingLong(TensorEntry::begin).thenComparingLong(TensorEntry::end));
    long next = 0;
    for (TensorEntry tensor : tensors) {
      if (tensor.begin() != next) {
        throw new DamagedFileException(
            file,
            "tensor %s begins at byte %d after the header; %d is expected, without gap or overlap"
                .formatted(quoted(tensor.name()), tensor.begin(), next));
      }
      next = tensor.end();
    }
    if (next != dataSize) {
      throw new DamagedFileException(
          file, "%d bytes follow the header, but its tensors take %d".formatted(dataSize, next));
    }
  }

  private void expectFirst(boolean first) throws DamagedFileException {
    expect(first, "a name that was not there before");
  }

  private void expect(boolean condition, String expected) throws DamagedFileException {
    if (!condition) {
      throw damaged(expected);
    }
  }

  private DamagedFileException damaged(String expected) {
    long place = parser.currentTokenLocation().getCharOffset();
    return new DamagedFileException(
        file, "its header, at character %d: expected %s".formatted(place, expected));
  }

  /** Returns a text from a file as a message may hold it: short, and without control characters. */
  static String quoted(String text) {
    return '"' + Printable.of(text, LONGEST_QUOTE) + '"';
  }
}

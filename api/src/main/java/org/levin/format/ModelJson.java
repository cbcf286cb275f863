package org.levin.format;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.levin.internal.Arguments;
import org.levin.model.LstmArchitecture;
import org.levin.text.Vocabulary;

/**
 * Architecture and vocabulary as the JSON of a model's metadata. Types are names that this class
 * knows; no class is ever named by a file.
 */
final class ModelJson {
  private static final String LSTM = "lstm";
  private static final String TYPE = "type";
  private static final String SYMBOLS = "symbols";
  private static final String FINGERPRINT = "fingerprint";
  private static final int DEEPEST = 8;
  private static final ObjectMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private ModelJson() {}

  /** An architecture, and the number of symbols it is for. */
  record Sizes(LstmArchitecture architecture, int vocabularySize) {}

  static String write(LstmArchitecture architecture, int vocabularySize) {
    return JSON.createObjectNode()
        .put(TYPE, LSTM)
        .put("layers", architecture.layers())
        .put("hiddenSize", architecture.hiddenSize())
        .put("vocabularySize", vocabularySize)
        .toString();
  }

  static Sizes readArchitecture(Path file, String key, String json) throws DamagedFileException {
    JsonNode node = parse(file, key, json);
    String type = text(file, key, node, TYPE);
    if (!type.equals(LSTM)) {
      throw new DamagedFileException(
          file, key + " has the type \"" + type + "\", expected \"" + LSTM + "\"");
    }
    return new Sizes(
        LstmArchitecture.of(count(file, key, node, "layers"), count(file, key, node, "hiddenSize")),
        count(file, key, node, "vocabularySize"));
  }

  /**
   * The symbols of a vocabulary of code points are listed as texts; bytes need no list; a type that
   * this class does not know, which only its owner can make again, is told by its fingerprint.
   */
  static String write(Vocabulary vocabulary) {
    ObjectNode node = JSON.createObjectNode().put(TYPE, vocabulary.type());
    node.put(FINGERPRINT, vocabulary.fingerprint());
    if (vocabulary.type().equals(Vocabulary.CODE_POINTS)) {
      var symbols = node.putArray(SYMBOLS);
      for (int id = 0; id < vocabulary.size(); id++) {
        symbols.add(new String(vocabulary.symbol(id), StandardCharsets.UTF_8));
      }
    }
    return node.toString();
  }

  /**
   * Returns the vocabulary that is described.
   *
   * @param known the vocabulary, where the caller has it
   * @throws IllegalArgumentException if it is another one, or is missing though its type is not one
   *     of Levin's own
   */
  static Vocabulary readVocabulary(Path file, String key, String json, Optional<Vocabulary> known)
      throws DamagedFileException {
    JsonNode node = parse(file, key, json);
    String type = text(file, key, node, TYPE);
    String fingerprint = text(file, key, node, FINGERPRINT);
    if (known.isPresent()) {
      Vocabulary vocabulary = known.get();
      Arguments.require(
          type.equals(vocabulary.type()) && fingerprint.equals(vocabulary.fingerprint()),
          "%s was trained with another vocabulary: \"%s\" with the fingerprint %s, but the one given is \"%s\" with %s",
          file,
          type,
          fingerprint,
          vocabulary.type(),
          vocabulary.fingerprint());
      return vocabulary;
    }
    Vocabulary vocabulary =
        switch (type) {
          case Vocabulary.CODE_POINTS -> codePoints(file, key, node);
          case Vocabulary.BYTES -> Vocabulary.bytes();
          default ->
              throw new IllegalArgumentException(
                  "%s has a vocabulary of the type \"%s\", which a file cannot describe: load the model with its vocabulary"
                      .formatted(file, type));
        };
    if (!fingerprint.equals(vocabulary.fingerprint())) {
      throw new DamagedFileException(
          file,
          "the fingerprint of "
              + key
              + " is "
              + vocabulary.fingerprint()
              + ", but it says "
              + fingerprint);
    }
    return vocabulary;
  }

  private static Vocabulary codePoints(Path file, String key, JsonNode node)
      throws DamagedFileException {
    if (!node.path(SYMBOLS).isArray()) {
      throw new DamagedFileException(file, key + " has no list \"" + SYMBOLS + "\"");
    }
    CharsetEncoder utf8 = StandardCharsets.UTF_8.newEncoder();
    List<byte[]> symbols = new ArrayList<>();
    for (JsonNode symbol : node.path(SYMBOLS)) {
      // Half a surrogate pair, which JSON can hold, would become a question mark.
      if (!symbol.isTextual() || !utf8.canEncode(symbol.textValue())) {
        throw new DamagedFileException(file, key + " has a symbol that is no text: " + symbol);
      }
      symbols.add(symbol.textValue().getBytes(StandardCharsets.UTF_8));
    }
    try {
      return Vocabulary.ofSymbols(Vocabulary.CODE_POINTS, symbols);
    } catch (IllegalArgumentException e) {
      throw new DamagedFileException(file, key + ": " + e.getMessage(), e);
    }
  }

  private static JsonNode parse(Path file, String key, String json) throws DamagedFileException {
    try {
      JsonNode node = JSON.readTree(json);
      if (node.isObject()) {
        return node;
      }
    } catch (JsonProcessingException e) {
      throw new DamagedFileException(file, key + " is no JSON: " + e.getOriginalMessage(), e);
    }
    throw new DamagedFileException(file, key + " is not a JSON object");
  }

  private static String text(Path file, String key, JsonNode node, String name)
      throws DamagedFileException {
    JsonNode value = node.path(name);
    if (!value.isTextual()) {
      throw new DamagedFileException(file, key + " has no text \"" + name + "\"");
    }
    return value.textValue();
  }

  private static int count(Path file, String key, JsonNode node, String name)
      throws DamagedFileException {
    JsonNode value = node.path(name);
    if (!value.isInt() || value.intValue() < 1) {
      throw new DamagedFileException(file, key + " has no \"" + name + "\" of at least 1");
    }
    return value.intValue();
  }
}

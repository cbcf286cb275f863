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
import org.levin.model.LstmArchitecture;
import org.levin.text.Vocabulary;

/**
 * Architecture and vocabulary as the JSON of a model's metadata. Types are names that this class
 * knows; no class is ever named by a file.
 */
final class ModelJson {
  private static final String LSTM = "lstm";
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
        .put("type", LSTM)
        .put("layers", architecture.layers())
        .put("hiddenSize", architecture.hiddenSize())
        .put("vocabularySize", vocabularySize)
        .toString();
  }

  static Sizes readArchitecture(Path file, String key, String json) throws DamagedFileException {
    JsonNode node = parse(file, key, json);
    String type = text(file, key, node, "type");
    if (!type.equals(LSTM)) {
      throw new DamagedFileException(
          file, key + " has the type \"" + type + "\", expected \"" + LSTM + "\"");
    }
    return new Sizes(
        LstmArchitecture.of(count(file, key, node, "layers"), count(file, key, node, "hiddenSize")),
        count(file, key, node, "vocabularySize"));
  }

  /** A vocabulary of single bytes needs no list of its symbols; every other has one, of texts. */
  static String write(Vocabulary vocabulary) {
    ObjectNode node = JSON.createObjectNode().put("type", vocabulary.type());
    if (!vocabulary.type().equals(Vocabulary.bytes().type())) {
      var symbols = node.putArray("symbols");
      for (int id = 0; id < vocabulary.size(); id++) {
        symbols.add(new String(vocabulary.symbol(id), StandardCharsets.UTF_8));
      }
    }
    return node.toString();
  }

  static Vocabulary readVocabulary(Path file, String key, String json) throws DamagedFileException {
    JsonNode node = parse(file, key, json);
    String type = text(file, key, node, "type");
    if (type.equals(Vocabulary.bytes().type())) {
      return Vocabulary.bytes();
    }
    if (!node.path("symbols").isArray()) {
      throw new DamagedFileException(file, key + " has no list \"symbols\"");
    }
    CharsetEncoder utf8 = StandardCharsets.UTF_8.newEncoder();
    List<byte[]> symbols = new ArrayList<>();
    for (JsonNode symbol : node.path("symbols")) {
      // Half a surrogate pair, which JSON can hold, would become a question mark.
      if (!symbol.isTextual() || !utf8.canEncode(symbol.textValue())) {
        throw new DamagedFileException(file, key + " has a symbol that is no text: " + symbol);
      }
      symbols.add(symbol.textValue().getBytes(StandardCharsets.UTF_8));
    }
    try {
      return Vocabulary.ofSymbols(type, symbols);
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

package org.levin.format;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
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

  private ModelJson() {}

  /** An architecture, and the number of symbols it is for. */
  record Sizes(LstmArchitecture architecture, int vocabularySize) {}

  static String write(LstmArchitecture architecture, int vocabularySize) {
    return object(
        json -> {
          json.writeStringField(TYPE, LSTM);
          json.writeNumberField("layers", architecture.layers());
          json.writeNumberField("hiddenSize", architecture.hiddenSize());
          json.writeNumberField("vocabularySize", vocabularySize);
        });
  }

  static Sizes readArchitecture(Path file, String key, String json) throws DamagedFileException {
    JsonFields fields = JsonFields.parse(file, key, json);
    String type = fields.text(TYPE);
    if (!type.equals(LSTM)) {
      throw fields.damaged("has the type \"" + type + "\", expected \"" + LSTM + "\"");
    }
    return new Sizes(
        LstmArchitecture.of(fields.count("layers"), fields.count("hiddenSize")),
        fields.count("vocabularySize"));
  }

  /**
   * The symbols of a vocabulary of code points are listed as texts; bytes need no list; a type that
   * this class does not know, which only its owner can make again, is told by its fingerprint.
   */
  static String write(Vocabulary vocabulary) {
    return object(
        json -> {
          json.writeStringField(TYPE, vocabulary.type());
          json.writeStringField(FINGERPRINT, vocabulary.fingerprint());
          if (vocabulary.type().equals(Vocabulary.CODE_POINTS)) {
            json.writeArrayFieldStart(SYMBOLS);
            for (int id = 0; id < vocabulary.size(); id++) {
              json.writeString(new String(vocabulary.symbol(id), StandardCharsets.UTF_8));
            }
            json.writeEndArray();
          }
        });
  }

  /** Writes the fields of an object. */
  @FunctionalInterface
  private interface Fields {
    void write(JsonGenerator json) throws IOException;
  }

  private static String object(Fields fields) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JsonFields.JSON.createGenerator(text)) {
      json.writeStartObject();
      fields.write(json);
      json.writeEndObject();
    } catch (IOException e) {
      throw new AssertionError("a text in memory", e);
    }
    return text.toString();
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
    JsonFields fields = JsonFields.parse(file, key, json);
    String type = fields.text(TYPE);
    String fingerprint = fields.text(FINGERPRINT);
    if (known.isPresent()) {
      Vocabulary vocabulary = known.get();
      Arguments.require(
          type.equals(vocabulary.type()) && fingerprint.equals(vocabulary.fingerprint()),
          "%s was trained with another vocabulary: %s with the fingerprint %s, but the one given is \"%s\" with %s",
          file,
          HeaderParser.quoted(type),
          HeaderParser.quoted(fingerprint),
          vocabulary.type(),
          vocabulary.fingerprint());
      return vocabulary;
    }
    Vocabulary vocabulary =
        switch (type) {
          case Vocabulary.CODE_POINTS -> codePoints(fields);
          case Vocabulary.BYTES -> Vocabulary.bytes();
          default ->
              throw new IllegalArgumentException(
                  "%s has a vocabulary of the type %s, which a file cannot describe: load the model with its vocabulary"
                      .formatted(file, HeaderParser.quoted(type)));
        };
    if (!fingerprint.equals(vocabulary.fingerprint())) {
      throw fields.damaged(
          "has the fingerprint " + vocabulary.fingerprint() + ", but it says " + fingerprint);
    }
    return vocabulary;
  }

  private static Vocabulary codePoints(JsonFields fields) throws DamagedFileException {
    List<byte[]> symbols = new ArrayList<>();
    for (Object symbol : fields.list(SYMBOLS)) {
      // Half a surrogate pair, which JSON can hold, would become a question mark.
      if (!(symbol instanceof String text && isWellFormed(text))) {
        throw fields.damaged(
            "has a symbol that is no text: " + HeaderParser.quoted(symbol.toString()));
      }
      symbols.add(text.getBytes(StandardCharsets.UTF_8));
    }
    try {
      return Vocabulary.ofSymbols(Vocabulary.CODE_POINTS, symbols);
    } catch (IllegalArgumentException e) {
      throw fields.damaged(e);
    }
  }

  private static boolean isWellFormed(String text) {
    for (int at = 0; at < text.length(); at += Character.charCount(text.codePointAt(at))) {
      if (Character.getType(text.codePointAt(at)) == Character.SURROGATE) {
        return false;
      }
    }
    return true;
  }
}

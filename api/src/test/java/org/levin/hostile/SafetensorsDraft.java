package org.levin.hostile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.levin.format.RawFile;

/** A safetensors file in parts, each of which can be made to say anything. */
final class SafetensorsDraft {
  private static final String METADATA = "\"__metadata__\"";
  private static final byte[] SEALED_START =
      "{\"__metadata__\":{\"levin.sha256\":\"".getBytes(StandardCharsets.US_ASCII);
  private static final JsonMapper JSON = new JsonMapper();

  /** The entries of the header, the metadata first. */
  final List<Section> sections = new ArrayList<>();

  byte[] data;

  /** What the first eight bytes say, if not the truth. */
  OptionalLong headerLength = OptionalLong.empty();

  /** A field of an entry; both texts are JSON, or what is to stand where JSON should. */
  record Field(String name, String json) {}

  /** An entry of the header: an object of fields. */
  record Section(String name, List<Field> fields) {
    /** Replaces the JSON of every field of this name. */
    void set(String field, String json) {
      String literal = text(field);
      fields.replaceAll(old -> old.name.equals(literal) ? new Field(literal, json) : old);
    }

    String json() {
      return fields.stream()
          .map(field -> field.name + ":" + field.json)
          .collect(Collectors.joining(",", name + ":{", "}"));
    }
  }

  private SafetensorsDraft(byte[] data) {
    this.data = data;
  }

  /** Takes a sound file apart. */
  static SafetensorsDraft of(byte[] file) {
    int length = (int) ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getLong();
    int dataStart = Long.BYTES + length;
    SafetensorsDraft draft = new SafetensorsDraft(Arrays.copyOfRange(file, dataStart, file.length));
    try {
      for (var section : JSON.readTree(file, Long.BYTES, length).properties()) {
        List<Field> fields = new ArrayList<>();
        for (var field : section.getValue().properties()) {
          fields.add(new Field(text(field.getKey()), field.getValue().toString()));
        }
        draft.sections.add(new Section(text(section.getKey()), fields));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return draft;
  }

  SafetensorsDraft copy() {
    SafetensorsDraft copy = new SafetensorsDraft(data.clone());
    sections.forEach(
        section -> copy.sections.add(new Section(section.name, new ArrayList<>(section.fields))));
    copy.headerLength = headerLength;
    return copy;
  }

  /** Returns the entries that are tensors; they stay those of this draft. */
  List<Section> tensors() {
    return sections.stream().filter(section -> !section.name.equals(METADATA)).toList();
  }

  /** Replaces the text of a metadata entry, if there is one. */
  void editMetadata(String key, UnaryOperator<String> edit) {
    String literal = text(key);
    for (Section section : sections) {
      if (section.name.equals(METADATA)) {
        section.fields.replaceAll(
            field ->
                field.name.equals(literal)
                    ? new Field(literal, text(edit.apply(value(field.json))))
                    : field);
      }
    }
  }

  byte[] toBytes() {
    byte[] header =
        sections.stream()
            .map(Section::json)
            .collect(Collectors.joining(",", "{", "}"))
            .getBytes(StandardCharsets.UTF_8);
    return RawFile.withLength(headerLength.orElse(header.length), header, data);
  }

  /** Returns the file with a right digest, if it has the place for one. */
  static byte[] sealed(byte[] file) {
    boolean place =
        file.length >= RawFile.SEAL + 64
            && Arrays.equals(file, Long.BYTES, RawFile.SEAL, SEALED_START, 0, SEALED_START.length);
    return place ? RawFile.sealed(file) : file;
  }

  /** Returns a text as JSON; half a surrogate pair is escaped, since UTF-8 has none. */
  static String text(String value) {
    StringBuilder json = new StringBuilder("\"");
    for (int c : value.codePoints().toArray()) {
      if (c == '"' || c == '\\') {
        json.append('\\').append((char) c);
      } else if (c < ' ' || Character.getType(c) == Character.SURROGATE) {
        json.append("\\u").append(HexFormat.of().toHexDigits((char) c));
      } else {
        json.appendCodePoint(c);
      }
    }
    return json.append('"').toString();
  }

  /** Returns the text that a JSON string holds; what is none stays as it is. */
  private static String value(String json) {
    try {
      JsonNode node = JSON.readTree(json);
      return node.isTextual() ? node.textValue() : json;
    } catch (IOException e) {
      return json;
    }
  }
}

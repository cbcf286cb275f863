package org.levin.engine.cuda.check;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What came of the parts, in their order. */
final class Results {
  private final Map<Part, ObjectNode> parts = new LinkedHashMap<>();

  /** Makes those of parts that have not been reached. */
  Results(List<Part> planned) {
    planned.forEach(part -> parts.put(part, PartResult.notRun("it was not reached")));
  }

  void add(Part part, ObjectNode result) {
    parts.put(part, result);
  }

  /** Returns the parts of this name, by their keys. */
  Map<String, JsonNode> all(PartName name) {
    Map<String, JsonNode> found = new LinkedHashMap<>();
    parts.forEach(
        (part, result) -> {
          if (part.name() == name) {
            found.put(part.key(), result);
          }
        });
    return found;
  }

  /** Returns the parts of this name, by how the engine was asked to compute. */
  Map<Setting, JsonNode> settings(PartName name) {
    Map<Setting, JsonNode> found = new LinkedHashMap<>();
    parts.forEach(
        (part, result) -> {
          if (part.name() == name) {
            found.put(part.setting(), result);
          }
        });
    return found;
  }

  /** Returns the first result of the first part of this name; without fields if there is none. */
  JsonNode first(PartName name) {
    return all(name).values().stream()
        .findFirst()
        .map(part -> part.path("results").path(0))
        .orElse(MissingNode.getInstance());
  }

  /** Returns the status of the first part of this name; empty if it was not asked for. */
  String status(PartName name) {
    return all(name).values().stream()
        .findFirst()
        .map(part -> part.path("status").asText())
        .orElse("");
  }

  /** Returns all results of all parts of this name. */
  List<JsonNode> every(PartName name) {
    List<JsonNode> every = new ArrayList<>();
    all(name).values().forEach(part -> part.path("results").forEach(every::add));
    return every;
  }

  /** Returns the fields of all results of all parts of this name. */
  ObjectNode fields(PartName name) {
    ObjectNode fields = ResultLine.object();
    every(name)
        .forEach(
            result -> result.properties().forEach(it -> fields.set(it.getKey(), it.getValue())));
    return fields;
  }

  ObjectNode json() {
    ObjectNode json = ResultLine.object();
    parts.forEach((part, result) -> json.set(part.key(), result));
    return json;
  }
}

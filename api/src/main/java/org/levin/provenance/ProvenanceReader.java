package org.levin.provenance;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.oracle.labs.mlrg.olcut.provenance.ListProvenance;
import com.oracle.labs.mlrg.olcut.provenance.MapProvenance;
import com.oracle.labs.mlrg.olcut.provenance.ObjectProvenance;
import com.oracle.labs.mlrg.olcut.provenance.Provenance;
import com.oracle.labs.mlrg.olcut.provenance.ProvenanceException;
import com.oracle.labs.mlrg.olcut.provenance.impl.ConfiguredObjectProvenanceImpl;
import com.oracle.labs.mlrg.olcut.provenance.io.ListMarshalledProvenance;
import com.oracle.labs.mlrg.olcut.provenance.io.MapMarshalledProvenance;
import com.oracle.labs.mlrg.olcut.provenance.io.ObjectMarshalledProvenance;
import com.oracle.labs.mlrg.olcut.provenance.io.SimpleMarshalledProvenance;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Function;
import org.levin.internal.Arguments;
import org.levin.internal.Printable;
import org.tribuo.datasource.AggregateConfigurableDataSource.AggregateConfigurableDataSourceProvenance;
import org.tribuo.provenance.DatasetProvenance;
import org.tribuo.provenance.EvaluationProvenance;
import org.tribuo.provenance.ModelProvenance;
import org.tribuo.provenance.impl.TrainerProvenanceImpl;

/**
 * Reads the JSON of OLCUT's {@code JsonProvenanceSerialization} without its trust: that one loads
 * and instantiates whatever class the text names. Here a name is looked up in two closed tables,
 * and an object that is referred to often, or by itself, is paid for each time.
 */
final class ProvenanceReader {
  private static final int MAXIMUM_LENGTH = 1 << 24;
  private static final int MAXIMUM_NESTING = 12;
  private static final int MAXIMUM_DEPTH = 64;
  private static final int MAXIMUM_VALUES = 200_000;

  /** Of JSON; a value has up to sixteen. They become a tree before anything is counted. */
  private static final int MAXIMUM_TOKENS = 2_000_000;

  private static final int LONGEST_MESSAGE = 1_000;

  /** Remembers no name that a text made up. */
  private static final JsonMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
                  .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(MAXIMUM_NESTING)
                          .maxStringLength(MAXIMUM_LENGTH)
                          .maxTokenCount(MAXIMUM_TOKENS)
                          .build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private static final Map<String, Function<Map<String, Provenance>, ObjectProvenance>> OBJECTS =
      Map.of(
          ModelProvenance.class.getName(),
          ModelProvenance::new,
          EvaluationProvenance.class.getName(),
          EvaluationProvenance::new,
          DatasetProvenance.class.getName(),
          DatasetProvenance::new,
          TrainerProvenanceImpl.class.getName(),
          TrainerProvenanceImpl::new,
          AggregateConfigurableDataSourceProvenance.class.getName(),
          AggregateConfigurableDataSourceProvenance::new,
          ConfiguredObjectProvenanceImpl.class.getName(),
          ConfiguredObjectProvenanceImpl::new);

  private final SequencedMap<String, JsonNode> objects = new LinkedHashMap<>();
  private final Set<String> used = new HashSet<>();
  private int values;

  private ProvenanceReader() {}

  /**
   * Returns the first object of the text, with all that it refers to.
   *
   * @throws IllegalArgumentException if anything in the text is not as it should be; what the
   *     message quotes of it is cut short and without control characters
   */
  static ObjectProvenance read(String json) {
    try {
      return parse(json);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(Printable.of(e.getMessage(), LONGEST_MESSAGE), e);
    }
  }

  private static ObjectProvenance parse(String json) {
    Arguments.require(
        json.length() <= MAXIMUM_LENGTH,
        "a provenance of %d characters is too long; at most %d are read",
        json.length(),
        MAXIMUM_LENGTH);
    try {
      return new ProvenanceReader().read(JSON.readTree(json));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("a provenance must be JSON: " + e.getOriginalMessage(), e);
    } catch (ProvenanceException e) {
      throw new IllegalArgumentException("a provenance lacks something: " + e.getMessage(), e);
    }
  }

  private ObjectProvenance read(JsonNode root) {
    Arguments.require(
        root.isArray() && !root.isEmpty(), "a provenance must be a JSON array of objects");
    for (JsonNode object : root) {
      Arguments.require(
          text(object, "marshalled-class").equals(ObjectMarshalledProvenance.class.getName()),
          "a provenance must consist of objects of the class %s",
          ObjectMarshalledProvenance.class.getName());
      text(object, "object-class-name");
      String name = text(object, "object-name");
      String type = text(object, "provenance-class");
      Arguments.require(
          OBJECTS.containsKey(type),
          "%.200s is of the class %.200s, which is not read",
          name,
          type);
      Arguments.require(
          objects.put(name, object) == null, "two provenance objects are named %.200s", name);
    }
    ObjectProvenance first = object(objects.firstEntry().getKey(), 0);
    for (String name : objects.keySet()) {
      Arguments.require(used.contains(name), "nothing refers to provenance object %.200s", name);
    }
    return first;
  }

  private ObjectProvenance object(String name, int depth) {
    JsonNode object = objects.get(name);
    Arguments.require(object != null, "there is no provenance object %.200s", name);
    Arguments.require(
        depth < MAXIMUM_DEPTH,
        "provenance objects refer to each other in a circle, or too deep, at %.200s",
        name);
    used.add(name);
    return OBJECTS.get(text(object, "provenance-class")).apply(fields(object, depth + 1));
  }

  private Map<String, Provenance> fields(JsonNode node, int depth) {
    JsonNode map = node.path("map");
    Arguments.require(map.isObject(), "the fields of a provenance must be a JSON object");
    Map<String, Provenance> fields = new HashMap<>();
    map.properties().forEach(field -> fields.put(field.getKey(), value(field.getValue(), depth)));
    return fields;
  }

  private Provenance value(JsonNode node, int depth) {
    Arguments.require(
        values++ < MAXIMUM_VALUES,
        "a provenance has too many values; at most %d are read",
        MAXIMUM_VALUES);
    String type = text(node, "marshalled-class");
    if (type.equals(SimpleMarshalledProvenance.class.getName())) {
      return simple(node, depth);
    }
    if (type.equals(ListMarshalledProvenance.class.getName())) {
      Arguments.require(node.path("list").isArray(), "a list of provenances must be an array");
      List<Provenance> elements = new ArrayList<>();
      node.path("list").forEach(element -> elements.add(value(element, depth)));
      return new ListProvenance<>(elements);
    }
    Arguments.require(
        type.equals(MapMarshalledProvenance.class.getName()),
        "a provenance of the class %.200s is not read",
        type);
    return new MapProvenance<>(fields(node, depth));
  }

  /** Returns a value, or the object that it refers to. */
  private Provenance simple(JsonNode node, int depth) {
    String type = text(node, "provenance-class");
    String key = text(node, "key");
    String value = text(node, "value");
    String additional = text(node, "additional");
    JsonNode reference = node.path("is-reference");
    Arguments.require(reference.isBoolean(), "is-reference of %.200s must be a boolean", key);
    return reference.booleanValue()
        ? object(value, depth)
        : PrimitiveReader.read(type, key, value, additional);
  }

  private static String text(JsonNode node, String field) {
    JsonNode text = node.path(field);
    Arguments.require(text.isTextual(), "a provenance must have a text as %s", field);
    return text.textValue();
  }
}

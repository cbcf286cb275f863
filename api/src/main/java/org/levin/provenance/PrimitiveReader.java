package org.levin.provenance;

import com.oracle.labs.mlrg.olcut.provenance.Provenance;
import com.oracle.labs.mlrg.olcut.provenance.ProvenanceUtil.HashType;
import com.oracle.labs.mlrg.olcut.provenance.primitives.BooleanProvenance;
import com.oracle.labs.mlrg.olcut.provenance.primitives.DateTimeProvenance;
import com.oracle.labs.mlrg.olcut.provenance.primitives.DoubleProvenance;
import com.oracle.labs.mlrg.olcut.provenance.primitives.HashProvenance;
import com.oracle.labs.mlrg.olcut.provenance.primitives.IntProvenance;
import com.oracle.labs.mlrg.olcut.provenance.primitives.LongProvenance;
import com.oracle.labs.mlrg.olcut.provenance.primitives.StringProvenance;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Map;
import org.levin.internal.Arguments;

/**
 * Reads the values of provenances: those that {@link ModelProvenances} writes, no others. An enum's
 * would load the class that the text names, a URL's would ask the network for its equals.
 */
final class PrimitiveReader {

  /** Makes a provenance of a text. */
  @FunctionalInterface
  private interface Primitive {
    /** Throws {@link NumberFormatException} or {@link DateTimeParseException} for nonsense. */
    Provenance of(String key, String value);
  }

  private static final Map<String, Primitive> PRIMITIVES =
      Map.of(
          BooleanProvenance.class.getName(),
          (key, value) -> new BooleanProvenance(key, truth(value)),
          IntProvenance.class.getName(),
          (key, value) -> new IntProvenance(key, Integer.parseInt(value)),
          LongProvenance.class.getName(),
          (key, value) -> new LongProvenance(key, Long.parseLong(value)),
          DoubleProvenance.class.getName(),
          (key, value) -> new DoubleProvenance(key, Double.parseDouble(value)),
          StringProvenance.class.getName(),
          StringProvenance::new,
          DateTimeProvenance.class.getName(),
          (key, value) -> new DateTimeProvenance(key, OffsetDateTime.parse(value)),
          HashProvenance.class.getName(),
          (key, value) -> new HashProvenance(HashType.SHA256, key, value));

  private PrimitiveReader() {}

  /**
   * Returns the value.
   *
   * @param type its class name
   * @param additional the kind of a digest; empty for others
   * @throws IllegalArgumentException if the class is not among those read, or the text no such
   *     value
   */
  static Provenance read(String type, String key, String value, String additional) {
    Primitive primitive = PRIMITIVES.get(type);
    Arguments.require(
        primitive != null, "%.200s is of the class %.200s, which is not read", key, type);
    String expected = type.equals(HashProvenance.class.getName()) ? HashType.SHA256.toString() : "";
    Arguments.require(
        additional.equals(expected),
        "%.200s must be marked '%s', not '%.200s'",
        key,
        expected,
        additional);
    try {
      return primitive.of(key, value);
    } catch (NumberFormatException | DateTimeParseException e) {
      throw new IllegalArgumentException(
          "%.200s has the value '%.200s', which is no %s".formatted(key, value, type), e);
    }
  }

  private static boolean truth(String value) {
    Arguments.require(
        value.equals("true") || value.equals("false"), "'%.200s' is neither true nor false", value);
    return Boolean.parseBoolean(value);
  }
}

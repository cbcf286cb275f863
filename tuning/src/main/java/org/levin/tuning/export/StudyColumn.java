package org.levin.tuning.export;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.levin.internal.Arguments;

/**
 * A column of a {@link StudyTable}.
 *
 * @param name its head
 * @param type of all values
 * @param nullable whether values may be missing
 * @param values one for each row; each of the class of the type
 */
public record StudyColumn(String name, Type type, boolean nullable, List<Optional<Object>> values) {

  /** What a value is. */
  public enum Type {
    /** A whole number of 32 bits, an Integer. */
    INT32(Integer.class),
    /** A whole number of 64 bits, a Long. */
    INT64(Long.class),
    /** A real number of 64 bits, a Double. */
    FLOAT64(Double.class),
    /** A text, a String. */
    UTF8(String.class);

    private final Class<?> of;

    Type(Class<?> of) {
      this.of = of;
    }
  }

  /** Takes a copy; checks the values. */
  public StudyColumn {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(type, "type");
    values = List.copyOf(values);
    for (Optional<Object> value : values) {
      Arguments.require(
          value.isPresent() ? type.of.isInstance(value.get()) : nullable,
          "column %s has values of type %s%s, but there is %s",
          name,
          type,
          nullable ? " or none" : "",
          value);
    }
  }
}

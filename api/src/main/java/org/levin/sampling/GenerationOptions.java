package org.levin.sampling;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.levin.constraint.Constraint;
import org.levin.internal.Arguments;
import org.levin.text.UnknownSymbols;

/**
 * How texts are written. Never changes; methods that name an option return other options that have
 * it.
 *
 * @param sampler reshapes the distribution that symbols are drawn from
 * @param length the most symbols to write, at least 0; a prompt does not count
 * @param seed the same seed gives the same text
 * @param stops strings that end the text, which does not have them; the first one that is complete
 *     counts, and one may run across symbols
 * @param constraint which texts may be written
 * @param unknownSymbols what to do with symbols of a prompt that the vocabulary lacks
 */
public record GenerationOptions(
    Sampler sampler,
    long length,
    long seed,
    List<String> stops,
    Optional<Constraint> constraint,
    UnknownSymbols unknownSymbols) {

  /** Symbols of a text, unless told otherwise. */
  public static final int DEFAULT_LENGTH = 1000;

  private static final GenerationOptions DEFAULTS =
      new GenerationOptions(
          Sampler.unchanged(),
          DEFAULT_LENGTH,
          42,
          List.of(),
          Optional.empty(),
          UnknownSymbols.error());

  /** Checks the values. */
  public GenerationOptions {
    Objects.requireNonNull(sampler, "sampler");
    Arguments.atLeast(0, length, "length");
    stops = List.copyOf(stops);
    for (String stop : stops) {
      Arguments.require(!stop.isEmpty(), "a stop string must not be empty");
      Arguments.require(
          stop.codePoints().noneMatch(c -> c >= 0xD800 && c <= 0xDFFF),
          "the stop string \"%s\" holds half a surrogate pair, which no text will have",
          stop);
    }
    Arguments.require(
        constraint.isEmpty() || stops.isEmpty(),
        "a constraint says where a text may end, and a stop string would end it elsewhere: leave out %s, or say it in the constraint",
        stops);
    Objects.requireNonNull(unknownSymbols, "unknownSymbols");
  }

  /** Returns the defaults: the model's own distribution, 1,000 symbols, seed 42. */
  public static GenerationOptions defaults() {
    return DEFAULTS;
  }

  /** Returns the defaults with this sampler. */
  public static GenerationOptions of(Sampler sampler) {
    return DEFAULTS.sampler(sampler);
  }

  /** Returns options with this sampler. */
  public GenerationOptions sampler(Sampler value) {
    return new GenerationOptions(value, length, seed, stops, constraint, unknownSymbols);
  }

  /** Returns options with this length; {@link Long#MAX_VALUE} for a text without an end. */
  public GenerationOptions length(long value) {
    return new GenerationOptions(sampler, value, seed, stops, constraint, unknownSymbols);
  }

  /** Returns options with this seed. */
  public GenerationOptions seed(long value) {
    return new GenerationOptions(sampler, length, value, stops, constraint, unknownSymbols);
  }

  /** Returns options with these stop strings. */
  public GenerationOptions stopAt(String... values) {
    return new GenerationOptions(
        sampler, length, seed, List.of(values), constraint, unknownSymbols);
  }

  /**
   * Returns options with this constraint. It keeps a complete text within reach of the length; at a
   * complete text, the probability of ending there is the one that the model itself, before any
   * sampler, gives to the symbols that the constraint does not allow next. It holds for what is
   * written, not for the prompt. Stop strings do not go with it.
   */
  public GenerationOptions constraint(Constraint value) {
    return new GenerationOptions(sampler, length, seed, stops, Optional.of(value), unknownSymbols);
  }

  /** Returns options with this policy for symbols of a prompt that the vocabulary lacks. */
  public GenerationOptions unknownSymbols(UnknownSymbols value) {
    return new GenerationOptions(sampler, length, seed, stops, constraint, value);
  }
}

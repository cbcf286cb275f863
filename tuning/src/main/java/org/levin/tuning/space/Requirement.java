package org.levin.tuning.space;

import java.util.OptionalInt;
import java.util.function.Predicate;
import org.levin.internal.Arguments;
import org.levin.training.TrainingOptions;

/**
 * What a configuration must keep to as a whole. Strategies propose no other.
 *
 * @see #parametersAtMost
 * @see #memoryAtMost
 */
public interface Requirement {

  /**
   * What configurations are about.
   *
   * @param base the options that are not searched
   * @param vocabularySize the text's number of symbols, if the text is known
   */
  record Context(TrainingOptions base, OptionalInt vocabularySize) {}

  /** Returns whether the configuration keeps to it. */
  boolean holds(Configuration configuration, Context context);

  /** Returns the requirement in words; studies are told apart by it. */
  @Override
  String toString();

  /** Returns the requirement that a model has no more parameters than this. */
  static Requirement parametersAtMost(long parameters) {
    return new AtMost(
        "parameters", Arguments.atLeast(1, parameters, "parameters"), Cost::parameters);
  }

  /** Returns the requirement that a training takes about this many bytes of memory at the most. */
  static Requirement memoryAtMost(long bytes) {
    return new AtMost("memory", Arguments.atLeast(1, bytes, "memory"), Cost::bytes);
  }

  /**
   * Returns a requirement of the caller's own.
   *
   * @param words what it asks for; must change when what it asks for changes
   */
  static Requirement of(String words, Predicate<Configuration> test) {
    Arguments.require(!words.isBlank(), "a requirement needs a name in words");
    return new Requirement() {
      @Override
      public boolean holds(Configuration configuration, Context context) {
        return test.test(configuration);
      }

      @Override
      public String toString() {
        return words;
      }
    };
  }
}

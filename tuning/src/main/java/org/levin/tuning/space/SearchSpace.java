package org.levin.tuning.space;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.levin.internal.Arguments;
import org.levin.training.TrainingOptions;

/**
 * Everything that may be tried: parameters, in order, and requirements that span several. A point
 * of {@code [0,1)^n}, a place for each of the {@code n} parameters, stands for one configuration.
 * Immutable.
 *
 * @param parameters at least one, no name twice; one that depends on another comes after it
 * @param requirements what every configuration must keep to
 */
public record SearchSpace(List<Parameter> parameters, List<Requirement> requirements) {

  /** What every trial must have in common, or losses could not be compared. */
  private static final Set<String> NOT_SEARCHED =
      Set.of("epochs", "steps", "validation", "validateEvery", "patience");

  /** Takes copies; checks names, and that conditions look back. */
  public SearchSpace {
    requirements = List.copyOf(requirements);
    Arguments.require(!parameters.isEmpty(), "a search space needs a parameter");
    Map<String, Parameter> before = new LinkedHashMap<>();
    for (Parameter parameter : parameters) {
      String name = parameter.name();
      Optional<Condition> condition =
          parameter.condition().map(given -> checked(name, given, before));
      Arguments.require(
          before.put(name, new Parameter(name, parameter.domain(), condition)) == null,
          "%s is given twice",
          name);
    }
    parameters = List.copyOf(before.values());
  }

  private static Condition checked(
      String name, Condition condition, Map<String, Parameter> before) {
    Parameter other = before.get(condition.parameter());
    Arguments.require(
        other != null,
        "%s depends on %s, which must be given before it",
        name,
        condition.parameter());
    for (Object value : condition.values()) {
      try {
        other.domain().placeOf(value);
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(
            "%s depends on %s=%s, but %s".formatted(name, other.name(), value, e.getMessage()), e);
      }
    }
    return condition.over(other.domain());
  }

  /** Returns the space of these parameters. */
  public static SearchSpace of(Parameter... parameters) {
    return new SearchSpace(Arrays.asList(parameters), List.of());
  }

  /**
   * Returns the space that texts describe, a parameter or requirement each:
   *
   * <pre>
   * learningRate=1e-4..1e-2 log     real numbers, by equal factors
   * dropout=0..0.6                  real numbers
   * hiddenSize=64..512/64           whole numbers in steps
   * schedule=constant|cosine        a choice
   * batchSize=64                    one value
   * dropout=0..0.6 if layers=2|3    only where another has a value
   * parameters&lt;=2000000             a requirement: parameters of a model
   * memory&lt;=512MB                   a requirement: memory of a training
   * </pre>
   *
   * @throws IllegalArgumentException if one cannot be read; the message quotes it
   */
  public static SearchSpace parse(String... texts) {
    SpaceText text = SpaceText.of(List.of(texts));
    return new SearchSpace(ordered(text.parameters()), text.requirements());
  }

  /**
   * Returns the smallest space that holds these configurations: for each parameter a choice among
   * their values.
   *
   * @param configurations at least one; all with the same parameters
   * @throws IllegalArgumentException if one lacks a parameter of another, or has numbers where
   *     another has a text
   */
  public static SearchSpace spanning(List<Configuration> configurations) {
    Map<String, Set<Object>> values = new LinkedHashMap<>();
    for (Configuration configuration : configurations) {
      configuration
          .values()
          .forEach(
              (name, value) -> values.computeIfAbsent(name, n -> new LinkedHashSet<>()).add(value));
    }
    for (Configuration configuration : configurations) {
      Arguments.require(
          configuration.values().keySet().equals(values.keySet()),
          "all configurations must give %s, but one is %s",
          values.keySet(),
          configuration);
    }
    return of(
        values.entrySet().stream()
            .map(entry -> Parameter.choice(entry.getKey(), entry.getValue().toArray()))
            .toArray(Parameter[]::new));
  }

  /**
   * Returns ranges that suit most texts, for networks that train in minutes on a processor: size,
   * learning rate and its schedule, batches and dropout.
   */
  public static SearchSpace defaults() {
    return of(
        Parameter.integer("layers", 1, 2),
        Parameter.integer("hiddenSize", 64, 256).step(32).log(),
        Parameter.real("learningRate", 1e-3, 3e-2).log(),
        Parameter.choice("schedule", "constant", "cosine"),
        Parameter.choice("batchSize", 16, 32, 64),
        Parameter.choice("sequenceLength", 32, 64, 128),
        Parameter.real("dropout", 0, 0.5));
  }

  /** Returns this space with one more requirement. */
  public SearchSpace require(Requirement requirement) {
    return new SearchSpace(
        parameters, Stream.concat(requirements.stream(), Stream.of(requirement)).toList());
  }

  private static List<Parameter> withoutConditions(List<Parameter> parameters) {
    return parameters.stream()
        .map(one -> new Parameter(one.name(), one.domain(), Optional.empty()))
        .toList();
  }

  /** Puts parameters behind those that they depend on; what cannot be so stays last. */
  private static List<Parameter> ordered(List<Parameter> parameters) {
    List<Parameter> left = new ArrayList<>(parameters);
    List<Parameter> ordered = new ArrayList<>();
    Set<String> names = new HashSet<>();
    boolean found = true;
    while (found) {
      Optional<Parameter> next =
          left.stream()
              .filter(one -> one.condition().filter(c -> !names.contains(c.parameter())).isEmpty())
              .findFirst();
      found = next.isPresent();
      next.ifPresent(
          one -> {
            left.remove(one);
            ordered.add(one);
            names.add(one.name());
          });
    }
    ordered.addAll(left);
    return ordered;
  }

  /**
   * Returns this space with what the texts describe: parameters in place of those of the same name,
   * new ones behind, and more requirements.
   *
   * @throws IllegalArgumentException like {@link #parse}
   */
  public SearchSpace with(String... texts) {
    SpaceText more = SpaceText.of(List.of(texts));
    // Twice in the texts is an error, and not that the last one counts.
    if (!more.parameters().isEmpty()) {
      new SearchSpace(ordered(withoutConditions(more.parameters())), List.of());
    }
    Map<String, Parameter> all = new LinkedHashMap<>();
    parameters.forEach(parameter -> all.put(parameter.name(), parameter));
    more.parameters().forEach(parameter -> all.put(parameter.name(), parameter));
    return new SearchSpace(
        ordered(List.copyOf(all.values())),
        Stream.concat(requirements.stream(), more.requirements().stream()).toList());
  }

  /**
   * Returns the configuration at a point.
   *
   * @param point {@code [n]}, each in {@code [0,1)}; not modified
   */
  public Configuration at(double[] point) {
    Arguments.require(
        point.length == parameters.size(),
        "a point of this space has %d places, but this has %d",
        parameters.size(),
        point.length);
    Configuration soFar = new Configuration(Map.of());
    for (int i = 0; i < point.length; i++) {
      Parameter parameter = parameters.get(i);
      if (counts(parameter, soFar)) {
        Map<String, Object> values = new LinkedHashMap<>(soFar.values());
        values.put(parameter.name(), parameter.domain().at(point[i]));
        soFar = new Configuration(values);
      }
    }
    return soFar;
  }

  private static boolean counts(Parameter parameter, Configuration others) {
    return parameter.condition().filter(condition -> !condition.holds(others)).isEmpty();
  }

  /**
   * Returns a point at which the configuration lies; parameters that do not count there are in the
   * middle.
   *
   * @throws IllegalArgumentException if it is none of this space; the message says why
   */
  public double[] pointOf(Configuration configuration) {
    double[] point = new double[parameters.size()];
    List<String> unknown = new ArrayList<>(configuration.values().keySet());
    for (int i = 0; i < point.length; i++) {
      Parameter parameter = parameters.get(i);
      boolean counts = counts(parameter, configuration);
      Arguments.require(
          counts == configuration.value(parameter.name()).isPresent(),
          counts ? "%s has no value in %s" : "%s has a value where it does not count: %s",
          parameter.name(),
          configuration);
      unknown.remove(parameter.name());
      point[i] = counts ? placeOf(parameter, configuration) : 0.5;
    }
    Arguments.require(unknown.isEmpty(), "this space has no parameters %s", unknown);
    return point;
  }

  private static double placeOf(Parameter parameter, Configuration configuration) {
    try {
      return parameter.domain().placeOf(configuration.values().get(parameter.name()));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(parameter.name() + ": " + e.getMessage(), e);
    }
  }

  /** Returns whether a configuration keeps to all requirements. */
  public boolean allows(Configuration configuration, Requirement.Context context) {
    return requirements.stream().allMatch(rule -> rule.holds(configuration, context));
  }

  /**
   * Checks that Levin's trainer can be searched with this space: every parameter is an option, and
   * takes the values at the ends of its domain.
   *
   * @throws IllegalArgumentException if not; the message names the parameter
   */
  public void requireOptions(TrainingOptions base) {
    for (Parameter parameter : parameters) {
      Arguments.require(
          !NOT_SEARCHED.contains(parameter.name()),
          "%s cannot be searched: all trials must have it in common to be compared",
          parameter.name());
      for (Object end : parameter.domain().ends()) {
        new Configuration(Map.of(parameter.name(), end)).applyTo(base);
      }
    }
  }

  /** Returns what is searched of a configuration, in short: all but the parameters of one value. */
  public String describe(Configuration configuration) {
    Set<String> fixed =
        parameters.stream()
            .filter(Parameter::isFixed)
            .map(Parameter::name)
            .collect(Collectors.toSet());
    Map<String, Object> values = new LinkedHashMap<>(configuration.values());
    values.keySet().removeAll(fixed);
    return new Configuration(values).toString();
  }

  /**
   * Returns the texts that {@link #parse} reads; requirements of the caller's own, which it cannot
   * read, in their words.
   */
  public List<String> toTexts() {
    return Stream.concat(parameters.stream(), requirements.stream()).map(Object::toString).toList();
  }

  @Override
  public String toString() {
    return toTexts().stream().collect(Collectors.joining(", "));
  }
}

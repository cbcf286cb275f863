package org.levin.tuning.space;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.levin.internal.Arguments;
import org.levin.internal.Printable;
import org.levin.training.TrainingOptions;

/** What texts say of a search space. */
record SpaceText(List<Parameter> parameters, List<Requirement> requirements) {
  private static final String USAGE =
      "\"%s\" cannot be read: %s; parameters are written as learningRate=1e-4..1e-2 log, hiddenSize=64..512/64, schedule=constant|cosine or batchSize=64, perhaps with \" if layers=2|3\" behind, requirements as parameters<=2000000 or memory<=512MB";

  private static final Pattern REQUIREMENT =
      Pattern.compile("(parameters|memory) ?<= ?([0-9]{1,18})(KB|MB|GB)?");
  private static final Pattern PARAMETER =
      Pattern.compile(
          "(?:--)?([A-Za-z][A-Za-z0-9-]*) ?= ?(\\S+)( log)?(?: if (?:--)?([A-Za-z][A-Za-z0-9-]*) ?= ?(\\S+))?");
  private static final Pattern RANGE =
      Pattern.compile("([^/|]+?)\\.\\.([^/|]+)(?:/([0-9]{1,18}))?");

  /** A range with many dots takes the square of its length to refuse. */
  private static final int LONGEST = 10_000;

  private static final int QUOTED = 200;
  private static final int LONGEST_REASON = 500;
  private static final Map<String, Long> UNITS =
      Map.of("KB", 1L << 10, "MB", 1L << 20, "GB", 1L << 30);

  /** What the command line calls them. */
  private static final Map<String, String> FLAGS =
      Map.of(
          "hidden", "hiddenSize",
          "batch", "batchSize",
          "sequence", "sequenceLength",
          "learning-rate", "learningRate",
          "clip-norm", "clipNorm",
          "validate-every", "validateEvery");

  /** Throws {@link IllegalArgumentException} if one cannot be read; the message quotes it. */
  static SpaceText of(List<String> texts) {
    List<Parameter> parameters = new ArrayList<>();
    List<Requirement> requirements = new ArrayList<>();
    for (String text : texts) {
      try {
        Arguments.require(
            text.length() <= LONGEST, "%d characters are more than %d", text.length(), LONGEST);
        String plain = text.strip().replaceAll("\\s+", " ");
        Optional<Requirement> requirement = requirement(plain);
        requirement.ifPresent(requirements::add);
        if (requirement.isEmpty()) {
          parameters.add(parameter(plain));
        }
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(
            USAGE.formatted(
                Printable.of(text, QUOTED), Printable.of(e.getMessage(), LONGEST_REASON)),
            e);
      }
    }
    return new SpaceText(parameters, requirements);
  }

  /** Returns the option of a name, which may be that of a flag of the command line. */
  static String option(String name) {
    String plain = name.toLowerCase(Locale.ROOT);
    String option = FLAGS.getOrDefault(plain, plain);
    return TrainingOptions.defaults().toMap().keySet().stream()
        .filter(option::equalsIgnoreCase)
        .findFirst()
        .orElse(name);
  }

  /** Returns the value that a text stands for as one of an option. */
  static Object value(String option, String text) {
    Object value = Values.parse(text);
    return Parameter.isReal(option) && value instanceof Long number
        ? (Object) (double) number
        : value;
  }

  private static Optional<Requirement> requirement(String text) {
    Matcher matcher = REQUIREMENT.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    String unit = matcher.group(3);
    boolean memory = matcher.group(1).equals("memory");
    Arguments.require(unit == null || memory, "parameters are counted without a unit");
    long bound = Long.parseLong(matcher.group(2));
    try {
      bound = Math.multiplyExact(bound, unit == null ? 1 : UNITS.get(unit));
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException("that is more than any machine has", e);
    }
    return Optional.of(
        memory ? Requirement.memoryAtMost(bound) : Requirement.parametersAtMost(bound));
  }

  private static Parameter parameter(String text) {
    Matcher matcher = PARAMETER.matcher(text);
    Arguments.require(matcher.matches(), "a name, '=' and values are expected");
    String name = option(matcher.group(1));
    Parameter parameter = new Parameter(name, domain(matcher.group(2)), Optional.empty());
    if (matcher.group(3) != null) {
      parameter = parameter.log();
    }
    return matcher.group(4) == null
        ? parameter
        : parameter.when(option(matcher.group(4)), values(matcher.group(5)).toArray());
  }

  private static Domain domain(String text) {
    Matcher range = RANGE.matcher(text);
    if (!range.matches()) {
      return new Choice(values(text));
    }
    String low = range.group(1);
    String high = range.group(2);
    String step = range.group(3);
    if (Values.isWhole(low) && Values.isWhole(high)) {
      return new IntegerRange(
          Values.whole(low), Values.whole(high), step == null ? 1 : Values.whole(step), false);
    }
    Arguments.require(step == null, "only whole numbers have steps");
    return new RealRange(Values.number(low), Values.number(high), false);
  }

  private static List<Object> values(String text) {
    return Arrays.stream(text.split("\\|", -1)).map(Values::parse).toList();
  }
}

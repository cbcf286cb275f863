package org.levin.tuning.journal;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.levin.internal.Arguments;
import org.levin.training.TrainingCorpus;
import org.levin.tuning.space.Configuration;
import org.levin.tuning.strategy.Rungs;
import org.levin.tuning.trial.Measurement;
import org.levin.tuning.trial.Objective;
import org.levin.tuning.trial.Result;

/** The events of a study as JSON. No class is ever named by a file. */
final class JournalJson {
  /** How every study begins. */
  static final String BEGINNING = "{\"event\":\"study\"";

  private static final int FORMAT = 1;
  private static final int DEEPEST = 16;

  private static final JsonMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
                  .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .build();

  private JournalJson() {}

  /** Any line that is read: which fields it has depends on the event; the others are null. */
  private record Line(
      String event,
      Integer format,
      List<String> space,
      Map<String, Object> options,
      String strategy,
      Long seed,
      List<Long> rungs,
      Double keep,
      List<String> objectives,
      EvaluationShape evaluation,
      TrainingCorpus corpus,
      Integer trial,
      Map<String, Object> configuration,
      Long steps,
      Double loss,
      Long parameters,
      Double secondsPerCharacter,
      String failure,
      Double seconds,
      String provenance) {}

  static String write(StudyHeader header) {
    Map<String, Object> line = line("study");
    line.put("format", FORMAT);
    line.put("space", header.space());
    line.put("options", header.options());
    line.put("strategy", header.strategy());
    line.put("seed", header.seed());
    line.put("rungs", header.rungs().steps());
    line.put("keep", header.rungs().keep());
    line.put("objectives", header.objectives().stream().map(Objective::label).toList());
    line.put("evaluation", header.evaluation());
    header.corpus().ifPresent(corpus -> line.put("corpus", corpus));
    return write(line);
  }

  static String write(StudyEvent event) {
    return write(
        switch (event) {
          case StudyEvent.Proposed proposed -> {
            Map<String, Object> line = line("proposed", event.trial());
            line.put("configuration", proposed.configuration().values());
            yield line;
          }
          case StudyEvent.Recorded recorded -> {
            Map<String, Object> line = line("recorded", event.trial());
            line.put("provenance", recorded.provenance());
            yield line;
          }
          case StudyEvent.Measured measured -> measured(measured);
        });
  }

  private static Map<String, Object> measured(StudyEvent.Measured event) {
    Map<String, Object> line = line("measured", event.trial());
    Result result = event.result();
    line.put("steps", result.steps());
    result
        .measurement()
        .ifPresent(
            measured -> {
              line.put("loss", measured.loss());
              measured.parameters().ifPresent(value -> line.put("parameters", value));
              measured
                  .secondsPerCharacter()
                  .ifPresent(value -> line.put("secondsPerCharacter", value));
            });
    result.failure().ifPresent(why -> line.put("failure", why));
    line.put("seconds", event.seconds());
    return line;
  }

  private static Map<String, Object> line(String event) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("event", event);
    return line;
  }

  private static Map<String, Object> line(String event, int trial) {
    Map<String, Object> line = line(event);
    line.put("trial", trial);
    return line;
  }

  private static String write(Map<String, Object> line) {
    try {
      return JSON.writeValueAsString(line);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a line of a study cannot be written", e);
    }
  }

  /** Throws {@link IllegalArgumentException} if the line is not the beginning of a study. */
  static StudyHeader readHeader(String json) {
    Line line = read(json);
    Arguments.require(
        "study".equals(line.event), "the event \"study\" is expected, not \"%s\"", line.event);
    Arguments.require(
        line.format != null && line.format == FORMAT,
        "format %d is expected, not %s; a newer Levin may have written it",
        FORMAT,
        line.format);
    return new StudyHeader(
        all(line.space, "space"),
        given(line.options, "options"),
        given(line.strategy, "strategy"),
        given(line.seed, "seed"),
        new Rungs(all(line.rungs, "rungs"), given(line.keep, "keep")),
        all(line.objectives, "objectives").stream().map(Objective::labelled).toList(),
        given(line.evaluation, "evaluation"),
        Optional.ofNullable(line.corpus));
  }

  /** Throws {@link IllegalArgumentException} if the line is no event. */
  static StudyEvent readEvent(String json) {
    Line line = read(json);
    int trial = given(line.trial, "trial");
    return switch (given(line.event, "event")) {
      case "proposed" ->
          new StudyEvent.Proposed(
              trial, new Configuration(given(line.configuration, "configuration")));
      case "recorded" -> new StudyEvent.Recorded(trial, given(line.provenance, "provenance"));
      case "measured" ->
          new StudyEvent.Measured(trial, result(line), given(line.seconds, "seconds"));
      default -> throw new IllegalArgumentException("there is no event \"" + line.event + "\"");
    };
  }

  private static Result result(Line line) {
    long steps = given(line.steps, "steps");
    if (line.failure != null) {
      Arguments.require(line.loss == null, "there is a loss and a failure, where one is expected");
      return Result.failed(steps, line.failure);
    }
    return Result.of(
        steps,
        new Measurement(
            given(line.loss, "loss"),
            line.parameters == null ? OptionalLong.empty() : OptionalLong.of(line.parameters),
            line.secondsPerCharacter == null
                ? OptionalDouble.empty()
                : OptionalDouble.of(line.secondsPerCharacter)));
  }

  private static <T> T given(T value, String name) {
    Arguments.require(value != null, "%s is missing", name);
    return value;
  }

  private static <T> List<T> all(List<T> values, String name) {
    Arguments.require(!given(values, name).contains(null), "one of the %s is missing", name);
    return values;
  }

  private static Line read(String json) {
    try {
      return JSON.readValue(json, Line.class);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e.getOriginalMessage(), e);
    }
  }
}

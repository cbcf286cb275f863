package org.levin.tuning;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.levin.tuning.journal.EvaluationShape;
import org.levin.tuning.journal.StudyHeader;
import org.levin.tuning.journal.StudyRecord;
import org.levin.tuning.space.Configuration;
import org.levin.tuning.space.SearchSpace;
import org.levin.tuning.strategy.Rungs;
import org.levin.tuning.trial.Measurement;
import org.levin.tuning.trial.Objective;
import org.levin.tuning.trial.Result;
import org.levin.tuning.trial.Trial;

/** Studies that nobody ran, told trial by trial. */
public final class Studies {
  /** A conditional parameter, a text, whole numbers and real ones; rungs at 10, 30 and 90 steps. */
  public static final StudyHeader HEADER =
      new StudyHeader(
          SearchSpace.parse(
                  "layers=1..3",
                  "schedule=constant|cosine",
                  "learningRate=1e-4..1e-1 log",
                  "dropout=0..0.5 if layers=2|3")
              .toTexts(),
          Map.of("seed", 42L),
          "random",
          1,
          new Rungs(List.of(10L, 30L, 90L), 1.0 / 3),
          List.of(Objective.LOSS),
          EvaluationShape.DEFAULT,
          Optional.empty());

  private final StudyHeader header;
  private final List<Trial> trials = new ArrayList<>();

  private Studies(StudyHeader header) {
    this.header = header;
  }

  public static Studies of(StudyHeader header) {
    return new Studies(header);
  }

  public static Studies of() {
    return new Studies(HEADER);
  }

  /** Returns the header with another strategy, seed, and rungs. */
  public static StudyHeader with(String strategy, long seed, Long... rungs) {
    return new StudyHeader(
        HEADER.space(),
        HEADER.options(),
        strategy,
        seed,
        new Rungs(List.of(rungs), 0.5),
        HEADER.objectives(),
        HEADER.evaluation(),
        HEADER.corpus());
  }

  /** Adds a trial with what came of it; without results it has not begun. */
  public Studies trial(Configuration configuration, Result... results) {
    trials.add(new Trial(trials.size() + 1, configuration, List.of(results)));
    return this;
  }

  public StudyRecord record() {
    return new StudyRecord(header, trials, Map.of(), Map.of());
  }

  public static Configuration one(String schedule, double learningRate) {
    return configuration("layers", 1, "schedule", schedule, "learningRate", learningRate);
  }

  public static Configuration two(String schedule, double learningRate, double dropout) {
    return configuration(
        "layers", 2, "schedule", schedule, "learningRate", learningRate, "dropout", dropout);
  }

  public static Configuration configuration(Object... namesAndValues) {
    Map<String, Object> values = new java.util.LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      values.put((String) namesAndValues[i], namesAndValues[i + 1]);
    }
    return new Configuration(values);
  }

  public static Result loss(long steps, double loss) {
    return Result.of(steps, Measurement.of(loss));
  }

  public static Result measured(long steps, double loss, long parameters, double seconds) {
    return Result.of(
        steps, new Measurement(loss, OptionalLong.of(parameters), OptionalDouble.of(seconds)));
  }
}

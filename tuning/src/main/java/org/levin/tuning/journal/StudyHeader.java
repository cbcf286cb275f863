package org.levin.tuning.journal;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.levin.format.Sha256;
import org.levin.internal.Arguments;
import org.levin.training.TrainingCorpus;
import org.levin.tuning.strategy.Rungs;
import org.levin.tuning.trial.Objective;

/**
 * What decides the course of a study, in plain values: two studies with equal headers go the same
 * way.
 *
 * @param space the search space as texts, see {@link org.levin.tuning.space.SearchSpace#toTexts}
 * @param options the options that are not searched, by name
 * @param strategy its label
 * @param seed of the strategy's random numbers
 * @param rungs how long trials are trained
 * @param objectives what is to be small; the loss first
 * @param evaluation how every model is measured
 * @param corpus the text, if the study knows it
 */
public record StudyHeader(
    List<String> space,
    Map<String, Object> options,
    String strategy,
    long seed,
    Rungs rungs,
    List<Objective> objectives,
    EvaluationShape evaluation,
    Optional<TrainingCorpus> corpus) {

  /** Takes copies; checks the objectives. */
  public StudyHeader {
    space = List.copyOf(space);
    options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
    Objects.requireNonNull(strategy, "strategy");
    Objects.requireNonNull(rungs, "rungs");
    objectives = List.copyOf(objectives);
    Objects.requireNonNull(evaluation, "evaluation");
    Objects.requireNonNull(corpus, "corpus");
    Arguments.require(
        !objectives.isEmpty() && objectives.getFirst() == Objective.LOSS,
        "the first objective must be the loss, but the objectives are %s",
        objectives);
    Arguments.require(
        objectives.stream().distinct().count() == objectives.size(),
        "an objective is given twice: %s",
        objectives);
  }

  /**
   * Returns in what another study differs; nothing if both go the same way. Names of texts do not
   * count.
   */
  public Optional<String> differenceFrom(StudyHeader other) {
    Map<String, Object> own = decisive();
    Map<String, Object> others = other.decisive();
    for (Map.Entry<String, Object> entry : own.entrySet()) {
      Object value = others.get(entry.getKey());
      if (!entry.getValue().equals(value)) {
        return Optional.of("%s %s, not %s".formatted(entry.getKey(), entry.getValue(), value));
      }
    }
    if (corpus.isPresent() != other.corpus.isPresent()) {
      return Optional.of(corpus.isPresent() ? "a text, not none" : "no text, not one");
    }
    return corpus.flatMap(text -> text.differenceFrom(other.corpus.orElseThrow()));
  }

  /** Returns a digest that is equal for equal headers, 64 lower-case hexadecimal digits. */
  public String sha256() {
    return new Sha256().update(JournalJson.write(this).getBytes(StandardCharsets.UTF_8)).hex();
  }

  private Map<String, Object> decisive() {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("the space", space);
    values.put("the options", new LinkedHashMap<>(options).toString());
    values.put("the strategy", strategy);
    values.put("the seed", seed);
    values.put("the rungs", rungs);
    values.put("the objectives", objectives);
    values.put("the evaluation", evaluation);
    return values;
  }
}

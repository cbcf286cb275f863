package org.levin.tuning.journal;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.levin.format.Sha256;
import org.levin.internal.Arguments;
import org.levin.text.Source;
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
    return difference("the space", space, other.space)
        .or(() -> difference("the order of the space", (Object) space, other.space))
        .or(() -> difference("the options", texts(options), texts(other.options)))
        .or(() -> difference("the strategy", strategy, other.strategy))
        .or(() -> difference("the seed", seed, other.seed))
        .or(() -> difference("the rungs", rungs, other.rungs))
        .or(() -> difference("the objectives", labels(), other.labels()))
        .or(() -> difference("the evaluation", evaluation, other.evaluation))
        .or(() -> textDifference(other));
  }

  /** Names only what one has and the other has not: spaces and options are long. */
  private static Optional<String> difference(String what, List<String> own, List<String> others) {
    String more = without(own, others);
    String less = without(others, own);
    if (more.isEmpty() && less.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        less.isEmpty()
            ? "%s with %s, not without".formatted(what, more)
            : more.isEmpty()
                ? "%s without %s, not with".formatted(what, less)
                : "%s with %s, not %s".formatted(what, more, less));
  }

  private static String without(List<String> texts, List<String> others) {
    return texts.stream().filter(text -> !others.contains(text)).collect(Collectors.joining(", "));
  }

  private static List<String> texts(Map<String, Object> options) {
    return options.entrySet().stream().map(Object::toString).toList();
  }

  private String labels() {
    return objectives.stream().map(Objective::label).collect(Collectors.joining(", "));
  }

  private static Optional<String> difference(String what, Object own, Object other) {
    return own.equals(other)
        ? Optional.empty()
        : Optional.of("%s %s, not %s".formatted(what, own, other));
  }

  private Optional<String> textDifference(StudyHeader other) {
    if (corpus.isPresent() != other.corpus.isPresent()) {
      return Optional.of(corpus.isPresent() ? "a text, not none" : "no text, not one");
    }
    return corpus.flatMap(text -> text.differenceFrom(other.corpus.orElseThrow()));
  }

  /**
   * Returns a digest that is equal for studies that go the same way, 64 lower-case hexadecimal
   * digits. Names of texts do not enter.
   */
  public String sha256() {
    String json = JournalJson.write(withoutNames());
    return new Sha256().update(json.getBytes(StandardCharsets.UTF_8)).hex();
  }

  private StudyHeader withoutNames() {
    return new StudyHeader(
        space,
        options,
        strategy,
        seed,
        rungs,
        objectives,
        evaluation,
        corpus.map(StudyHeader::withoutNames));
  }

  private static TrainingCorpus withoutNames(TrainingCorpus text) {
    return new TrainingCorpus(
        text.sources().stream()
            .map(source -> new Source("text", source.size(), source.sha256()))
            .toList(),
        text.tokens(),
        text.trainingTokens(),
        text.validationTokens(),
        text.checksum(),
        text.vocabularySize(),
        text.vocabularyFingerprint());
  }
}

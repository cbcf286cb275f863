package org.levin.tuning;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.levin.training.TrainingCorpus;
import org.levin.training.TrainingOptions;
import org.levin.tuning.journal.EvaluationShape;
import org.levin.tuning.journal.StudyHeader;
import org.levin.tuning.space.Requirement;
import org.levin.tuning.space.SearchSpace;
import org.levin.tuning.strategy.GeneticStrategy;
import org.levin.tuning.strategy.Rungs;
import org.levin.tuning.strategy.Strategy;
import org.levin.tuning.trial.Objective;

/**
 * All that decides the course of a study; the same plan goes the same way. Immutable.
 *
 * @param space what may be tried
 * @param base the options that are not searched
 * @param strategy what proposes
 * @param rungs how long trials are trained
 * @param objectives what is to be small; the loss first
 * @param evaluation how every model is measured
 * @param seed of the strategy's random numbers; the trainings' own is that of {@code base}
 * @param corpus the text, if the study is to know it: it is then taken up with no other
 */
public record StudyPlan(
    SearchSpace space,
    TrainingOptions base,
    Strategy strategy,
    Rungs rungs,
    List<Objective> objectives,
    EvaluationShape evaluation,
    long seed,
    Optional<TrainingCorpus> corpus) {

  /** Takes a copy of the list. */
  public StudyPlan {
    Objects.requireNonNull(space, "space");
    Objects.requireNonNull(base, "base");
    Objects.requireNonNull(strategy, "strategy");
    Objects.requireNonNull(rungs, "rungs");
    objectives = List.copyOf(objectives);
    Objects.requireNonNull(evaluation, "evaluation");
    Objects.requireNonNull(corpus, "corpus");
  }

  /**
   * Returns the plan to search a space by the default strategy, with rungs up to a whole training
   * of so many steps, for the loss alone.
   */
  public static StudyPlan of(SearchSpace space, long steps) {
    return new StudyPlan(
        space,
        TrainingOptions.defaults(),
        GeneticStrategy.defaults(),
        Budget.rungs(steps),
        List.of(Objective.LOSS),
        EvaluationShape.DEFAULT,
        TrainingOptions.defaults().seed(),
        Optional.empty());
  }

  /** Returns this plan with another strategy. */
  public StudyPlan with(Strategy other) {
    return new StudyPlan(space, base, other, rungs, objectives, evaluation, seed, corpus);
  }

  /** Returns this plan with other rungs. */
  public StudyPlan with(Rungs other) {
    return new StudyPlan(space, base, strategy, other, objectives, evaluation, seed, corpus);
  }

  /** Returns this plan with another seed. */
  public StudyPlan seed(long other) {
    return new StudyPlan(space, base, strategy, rungs, objectives, evaluation, other, corpus);
  }

  /** Returns this plan with these objectives, besides the loss. */
  public StudyPlan objectives(Objective... besides) {
    List<Objective> all = new ArrayList<>(List.of(Objective.LOSS));
    all.addAll(List.of(besides));
    return new StudyPlan(space, base, strategy, rungs, all, evaluation, seed, corpus);
  }

  /** Returns this plan for a text. */
  public StudyPlan on(TrainingCorpus text) {
    return new StudyPlan(
        space, base, strategy, rungs, objectives, evaluation, seed, Optional.of(text));
  }

  /** Returns this plan with other options that are not searched. */
  public StudyPlan base(TrainingOptions other) {
    return new StudyPlan(space, other, strategy, rungs, objectives, evaluation, seed, corpus);
  }

  /** Returns this plan with another way to measure models. */
  public StudyPlan with(EvaluationShape other) {
    return new StudyPlan(space, base, strategy, rungs, objectives, other, seed, corpus);
  }

  StudyHeader header() {
    return new StudyHeader(
        space.toTexts(),
        base.toMap(),
        strategy.label(),
        seed,
        rungs,
        objectives,
        evaluation,
        corpus);
  }

  Strategy.Task task() {
    Requirement.Context context =
        new Requirement.Context(
            base,
            corpus.map(text -> OptionalInt.of(text.vocabularySize())).orElse(OptionalInt.empty()));
    return new Strategy.Task(
        space, configuration -> space.allows(configuration, context), rungs, objectives, seed);
  }
}

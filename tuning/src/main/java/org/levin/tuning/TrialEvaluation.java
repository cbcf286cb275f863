package org.levin.tuning;

import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.levin.SequenceModel;
import org.levin.corpus.Batcher;
import org.levin.corpus.Corpus;
import org.levin.corpus.TokenSequence;
import org.levin.engine.Engine;
import org.levin.engine.EngineOptions;
import org.levin.engine.Engines;
import org.levin.engine.Network;
import org.levin.evaluation.Evaluation;
import org.levin.internal.Arguments;
import org.levin.training.TrainingDivergedException;
import org.levin.training.TrainingOptions;
import org.levin.tuning.journal.EvaluationShape;
import org.levin.tuning.trial.Measurement;
import org.levin.tuning.trial.Objective;

/** Measures the models of a study, all on the same tokens and in the same rows. */
final class TrialEvaluation {
  /** Fewer tell next to nothing. */
  private static final long FEWEST_TOKENS = 100;

  private final StudyPlan plan;
  private final TokenSequence tokens;
  private final Batcher batcher;

  private TrialEvaluation(StudyPlan plan, TokenSequence tokens, Batcher batcher) {
    this.plan = plan;
    this.tokens = tokens;
    this.batcher = batcher;
  }

  /**
   * Returns the evaluation that a plan asks for, on the validation part of a text.
   *
   * @throws IllegalArgumentException if too little of the text is held out
   */
  static TrialEvaluation of(StudyPlan plan, Corpus corpus) {
    EvaluationShape shape = plan.evaluation();
    TokenSequence all = corpus.split(plan.base().validationFraction()).validation();
    Arguments.require(
        all.size() >= FEWEST_TOKENS,
        "trials are compared by their validation loss, but of %d tokens only %d are held out, and %d are the least; take more text, or hold out more",
        corpus.size(),
        all.size(),
        FEWEST_TOKENS);
    TokenSequence tokens = all.slice(0, Math.min(all.size(), shape.tokens()));
    return new TrialEvaluation(
        plan, tokens, Batcher.fitting(shape.rows(), shape.steps(), tokens).orElseThrow());
  }

  /**
   * Measures a model.
   *
   * @param steps after which it was taken
   * @throws TrainingDivergedException if its loss is not finite
   */
  Measurement measure(SequenceModel model, TrainingOptions options, int threads, long steps) {
    double loss;
    try (Engine engine = Engines.open(options.engine(), new EngineOptions(threads));
        Network network = engine.network(model.parameters())) {
      loss = Evaluation.loss(network, tokens, batcher);
    }
    if (!Double.isFinite(loss)) {
      throw new TrainingDivergedException(steps, "validation loss " + loss);
    }
    return new Measurement(
        loss,
        OptionalLong.of(options.architecture().parameterCount(model.vocabulary().size())),
        plan.objectives().contains(Objective.TIME)
            ? OptionalDouble.of(WritingTime.secondsPerCharacter(model))
            : OptionalDouble.empty());
  }
}

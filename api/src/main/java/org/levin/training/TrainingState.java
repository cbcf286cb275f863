package org.levin.training;

import java.util.List;
import java.util.Optional;
import org.levin.internal.Arguments;

/**
 * Where a training stands after one of its steps: with the parameters, the optimizer's moments and
 * the network's state, all that it takes to go on as if it had never stopped. Random numbers are
 * counted by seed and step, learning rates by step, batches by step and steps an epoch, so none of
 * them needs a place of its own.
 *
 * @param options without engine and threads, which may change
 * @param corpus what it is trained on
 * @param batcher name and sizes of the one that cuts the corpus
 * @param rows {@code B}, those of a batch, at least 1
 * @param stepsPerEpoch batches of an epoch, at least 1
 * @param steps steps in all, unless patience ends it earlier
 * @param step the last one done, counted from 1
 * @param trainingLoss that step's, in nats per token
 * @param validations all so far, in order; the best loss and the patience left follow from them
 * @param start digest of the parameters of the model that it started from, if it was a model's
 * @param engines names and versions of the engines that computed so far, the last one last
 * @param interval between checkpoints
 */
public record TrainingState(
    TrainingOptions options,
    TrainingCorpus corpus,
    String batcher,
    int rows,
    long stepsPerEpoch,
    long steps,
    long step,
    double trainingLoss,
    List<ValidationMetrics> validations,
    Optional<String> start,
    List<String> engines,
    CheckpointInterval interval) {

  /** Takes copies of the lists; checks that the numbers agree with each other. */
  public TrainingState {
    validations = List.copyOf(validations);
    engines = List.copyOf(engines);
    Arguments.atLeast(1, rows, "rows");
    Arguments.atLeast(1, stepsPerEpoch, "stepsPerEpoch");
    Arguments.atLeast(1, step, "step");
    Arguments.require(step <= steps, "step %d is behind the last of %d", step, steps);
    long all = Math.multiplyExact(options.epochs(), stepsPerEpoch);
    all = Math.min(all, options.steps().orElse(all));
    Arguments.require(steps == all, "steps must be %d, but was %d", all, steps);
    Arguments.finite(trainingLoss, "trainingLoss");
    start.ifPresent(digest -> Arguments.sha256(digest, "start"));
    Arguments.require(!engines.isEmpty(), "an engine must have computed");
    requireHistory(validations, step);
  }

  private static void requireHistory(List<ValidationMetrics> validations, long last) {
    long before = 0;
    EarlyStopping stopping = EarlyStopping.never();
    for (ValidationMetrics validation : validations) {
      Arguments.require(
          validation.step() > before && validation.step() <= last,
          "a validation after step %d cannot follow one after step %d of %d",
          validation.step(),
          before,
          last);
      before = validation.step();
      Arguments.finite(validation.trainingLoss(), "trainingLoss");
      Arguments.finite(validation.loss(), "loss");
      Arguments.require(
          stopping.improves(validation.loss()) == validation.best(),
          "the validation after step %d is said to be %s before it",
          validation.step(),
          validation.best() ? "better than all" : "worse than one");
    }
  }

  /** Returns the last validation so far. */
  public Optional<ValidationMetrics> lastValidation() {
    return validations.isEmpty() ? Optional.empty() : Optional.of(validations.getLast());
  }
}

package org.levin;

import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.levin.format.CheckpointFile;
import org.levin.model.Parameters;
import org.levin.provenance.TrainingRecord;
import org.levin.training.EarlyStopping;
import org.levin.training.ValidationMetrics;

/** How far a training has come, and what of it is worth keeping. */
final class TrainingProgress {
  private final long steps;
  private final boolean keepsTheBest;
  private final boolean validatesTheLastStep;
  private final EarlyStopping earlyStopping;
  private final List<ValidationMetrics> validations = new ArrayList<>();
  private long step;
  private double trainingLoss = Double.NaN;
  private Optional<Parameters> best = Optional.empty();

  /**
   * Makes the progress of a training that has not begun.
   *
   * @param steps how many there will be, unless it ends earlier
   * @param patience with it, the best model is kept; without, the last one
   * @param validatesTheLastStep whether something is held out to validate on
   */
  TrainingProgress(long steps, OptionalInt patience, boolean validatesTheLastStep) {
    this.steps = steps;
    this.validatesTheLastStep = validatesTheLastStep;
    keepsTheBest = patience.isPresent();
    earlyStopping = new EarlyStopping(patience);
  }

  /** Goes to where a checkpoint was written. */
  void resume(CheckpointFile checkpoint) {
    step = checkpoint.state().step();
    trainingLoss = checkpoint.state().trainingLoss();
    for (ValidationMetrics validation : checkpoint.state().validations()) {
      validations.add(validation);
      earlyStopping.improves(validation.loss());
    }
    if (keepsTheBest && !validations.isEmpty()) {
      best = Optional.of(checkpoint.model().parameters());
    }
  }

  /** Returns the step done last, counted from 1; 0 before the first. */
  long step() {
    return step;
  }

  double trainingLoss() {
    return trainingLoss;
  }

  List<ValidationMetrics> validations() {
    return validations;
  }

  /** Takes note of a step. */
  void stepped(double loss) {
    step++;
    trainingLoss = loss;
  }

  /** Returns whether the parameters after the last step have been validated. */
  boolean isValidated() {
    return !validations.isEmpty() && validations.getLast().step() == step;
  }

  /** Takes note of a validation after the last step; the parameters are asked for if they count. */
  ValidationMetrics validated(long epoch, double loss, Supplier<Parameters> parameters) {
    boolean improved = earlyStopping.improves(loss);
    if (improved && keepsTheBest) {
      best = Optional.of(parameters.get());
    }
    ValidationMetrics validation = new ValidationMetrics(step, epoch, trainingLoss, loss, improved);
    validations.add(validation);
    return validation;
  }

  /** Returns whether no step is left, or patience has run out. */
  boolean hasEnded() {
    return step == steps || earlyStopping.exhausted();
  }

  /** Returns the parameters to keep: the best so far where patience is set, or else the last. */
  Parameters kept(Supplier<Parameters> last) {
    return best.orElseGet(last);
  }

  /** Returns what there is to say of the parameters to keep. */
  TrainingRecord.Result result() {
    Optional<ValidationMetrics> measured =
        validations.reversed().stream()
            .filter(validation -> validation.best() || best.isEmpty())
            .findFirst();
    Optional<ValidationMetrics> kept = best.flatMap(parameters -> measured);
    return new TrainingRecord.Result(
        OffsetDateTime.now(),
        kept.map(ValidationMetrics::step).orElse(step),
        kept.map(ValidationMetrics::trainingLoss).orElse(trainingLoss),
        measured.stream().mapToDouble(ValidationMetrics::loss).findFirst(),
        isWhole() ? OptionalLong.empty() : OptionalLong.of(step));
  }

  /** Returns whether nothing is missing, not even the last validation. */
  private boolean isWhole() {
    return hasEnded() && (isValidated() || !validatesTheLastStep);
  }
}

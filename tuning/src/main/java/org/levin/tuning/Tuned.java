package org.levin.tuning;

import java.io.IOException;
import java.util.Optional;
import org.levin.SequenceModel;
import org.levin.Trainer;
import org.levin.training.Cancellation;
import org.levin.training.TrainingListener;
import org.levin.training.TrainingOptions;
import org.levin.tuning.journal.StudyRecord;
import org.levin.tuning.trial.Trial;

/** What a search found. */
public final class Tuned {
  private final StudyRecord study;
  private final Optional<Trial> best;
  private final boolean finished;
  private final TrialTraining training;

  Tuned(StudyRecord study, Optional<Trial> best, boolean finished, TrialTraining training) {
    this.study = study;
    this.best = best;
    this.finished = finished;
    this.training = training;
  }

  /** Returns all trials and what decided the search. */
  public StudyRecord study() {
    return study;
  }

  /**
   * Returns the best trial: of those that were trained longest, the one with the least loss;
   * nothing if none came to a rung.
   */
  public Optional<Trial> best() {
    return best;
  }

  /** Returns whether a limit was reached or nothing was left to try; otherwise it can go on. */
  public boolean isFinished() {
    return finished;
  }

  /** Returns the model of a trial; see {@link #model(Trial, TrainingListener, Cancellation)}. */
  public SequenceModel model(Trial trial) throws IOException {
    return model(trial, TrainingListener.none(), new Cancellation());
  }

  /**
   * Returns the model of a trial as it was trained; it tells of the study in its provenance. The
   * checkpoints of the best trial, and with several objectives of the whole front, are kept; if
   * that of another is asked for, it is trained again, which takes as long as the first time. The
   * corpus must still be open.
   *
   * @param listener hears of a training
   * @param cancellation ends it; the model is then that of the steps done
   * @throws IllegalArgumentException if the trial was not trained
   * @throws IOException if its checkpoint cannot be read
   * @throws java.io.UncheckedIOException if it cannot be written
   */
  public SequenceModel model(Trial trial, TrainingListener listener, Cancellation cancellation)
      throws IOException {
    return training.model(trial, listener, cancellation);
  }

  /** Returns the options that a trial was trained with, to its last rung. */
  public TrainingOptions options(Trial trial) {
    return training.options(trial);
  }

  /**
   * Returns a trainer with the options of a trial, but of so many epochs: to train longer what the
   * search could train only shortly. Its model tells of the study, too.
   *
   * @param epochs at least 1
   */
  public Trainer trainer(Trial trial, int epochs) {
    return training.trainer(trial, epochs);
  }
}

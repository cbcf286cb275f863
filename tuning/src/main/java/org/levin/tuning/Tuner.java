package org.levin.tuning;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.OptionalInt;
import org.levin.corpus.Corpus;
import org.levin.internal.Arguments;
import org.levin.training.Cancellation;
import org.levin.training.TrainingCorpus;

/** Searches for the options that train the best model on a text. Immutable. */
public final class Tuner {
  private final StudyPlan plan;
  private final StudyLimits limits;
  private final OptionalInt workers;

  private Tuner(StudyPlan plan, StudyLimits limits, OptionalInt workers) {
    this.plan = Objects.requireNonNull(plan, "plan");
    this.limits = Objects.requireNonNull(limits, "limits");
    this.workers = workers;
    plan.space().requireOptions(plan.base());
  }

  public static Tuner of(StudyPlan plan, StudyLimits limits) {
    return new Tuner(plan, limits, OptionalInt.empty());
  }

  public Tuner workers(int count) {
    return new Tuner(plan, limits, OptionalInt.of(Arguments.atLeast(1, count, "workers")));
  }

  public Study tune(Corpus corpus, Path file, TuningListener listener, Cancellation cancellation)
      throws IOException {
    StudyPlan whole =
        plan.on(TrainingCorpus.of(corpus, corpus.split(plan.base().validationFraction())));
    int processors = plan.base().threads().orElse(Runtime.getRuntime().availableProcessors());
    TrialFiles files = TrialFiles.beside(file);
    TrialTraining training = new TrialTraining(whole, corpus, files);
    Study study = Study.open(whole, limits, file);
    listener.began(study);
    new Workers(
            study, training, files, listener, cancellation, workers.orElse(processors), processors)
        .run();
    return study;
  }
}

package org.levin.training;

import java.util.Objects;
import org.levin.internal.Arguments;

/**
 * Where options come from that nobody chose by hand: a trial of a study that searched for them. The
 * provenance of a model keeps it.
 *
 * @param study the name of the study, as its file's
 * @param studySha256 digest of what decided the study's course, 64 lower-case hexadecimal digits
 * @param strategy what proposed the options
 * @param seed of the strategy
 * @param trial the number of the trial, at least 1
 */
public record Finding(String study, String studySha256, String strategy, long seed, int trial) {

  /** Checks digest and number. */
  public Finding {
    Objects.requireNonNull(study, "study");
    Arguments.sha256(studySha256, "studySha256");
    Objects.requireNonNull(strategy, "strategy");
    Arguments.atLeast(1, trial, "trial");
  }
}

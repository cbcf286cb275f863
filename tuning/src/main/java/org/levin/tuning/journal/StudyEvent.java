package org.levin.tuning.journal;

import java.util.Objects;
import org.levin.internal.Arguments;
import org.levin.tuning.space.Configuration;
import org.levin.tuning.trial.Result;

/** Something that happened in a study after it began. */
public sealed interface StudyEvent {

  /** Returns the number of the trial that it is about. */
  int trial();

  /** A configuration is to be tried. */
  record Proposed(int trial, Configuration configuration) implements StudyEvent {
    /** Checks that both are there. */
    public Proposed {
      Objects.requireNonNull(configuration, "configuration");
    }
  }

  /**
   * A trial came to a rung, or failed on its way.
   *
   * @param seconds how long it took from the rung before, at least 0
   */
  record Measured(int trial, Result result, double seconds) implements StudyEvent {
    /** Checks the time. */
    public Measured {
      Objects.requireNonNull(result, "result");
      Arguments.require(
          seconds >= 0 && Double.isFinite(seconds),
          "seconds must be at least 0, but was %s",
          seconds);
    }
  }

  /**
   * How the model of a trial came to be.
   *
   * @param provenance as the JSON of {@link org.levin.provenance.ModelProvenances#toJson}
   */
  record Recorded(int trial, String provenance) implements StudyEvent {
    /** Checks that it is there. */
    public Recorded {
      Objects.requireNonNull(provenance, "provenance");
    }
  }
}

package org.levin.engine.contract;

import org.levin.report.Counts;

/** Counts what the tests of one run have compared, so that a comparison that was skipped shows. */
public final class Comparisons {
  private static final String TOPIC = "compared";

  private Comparisons() {}

  /** Counts one case of equal bits. */
  public static void bits() {
    Counts.add(TOPIC, "bit-equality cases", 1);
  }

  /** Counts values that were compared with those of another library. */
  public static void golden(long values) {
    Counts.add(TOPIC, "golden comparisons", values);
  }
}

package org.levin.engine.cuda;

import org.levin.engine.cuda.kernel.Precision;

/**
 * The precision that matrix products have: the default, or the one that {@value #PROPERTY} asks.
 */
sealed interface PrecisionChoice {
  /** System property: {@code fp32}, {@code tf32} or {@code bf16}. */
  String PROPERTY = "levin.cuda.precision";

  /** This one. */
  record Chosen(Precision precision) implements PrecisionChoice {}

  /** What was asked for does not exist. */
  record Impossible(String reason, String remedy) implements PrecisionChoice {}

  /** Returns the choice for this JVM, made on first use. */
  static PrecisionChoice current() {
    return Current.CHOICE;
  }

  /** Makes the choice; nothing asked for is the empty text. */
  static PrecisionChoice choose(String asked) {
    if (asked.isEmpty()) {
      return new Chosen(Precision.DEFAULT);
    }
    return Precision.labeled(asked)
        .<PrecisionChoice>map(Chosen::new)
        .orElseGet(
            () ->
                new Impossible(
                    PROPERTY + "=" + asked + " names no precision",
                    "use one of %s, or leave it out for %s"
                        .formatted(Precision.labels(), Precision.DEFAULT.label())));
  }

  /** The holder that makes it lazy. */
  final class Current {
    private static final PrecisionChoice CHOICE = make();

    private Current() {}

    /** Another engine may take over from one that cannot run, so that the log must tell. */
    private static PrecisionChoice make() {
      PrecisionChoice choice = choose(System.getProperty(PROPERTY, ""));
      if (choice instanceof Impossible impossible) {
        System.getLogger(PrecisionChoice.class.getName())
            .log(System.Logger.Level.WARNING, impossible.reason() + "; " + impossible.remedy());
      }
      return choice;
    }
  }
}

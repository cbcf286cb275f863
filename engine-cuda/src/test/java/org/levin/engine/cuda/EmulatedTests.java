package org.levin.engine.cuda;

import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.levin.engine.cuda.kernel.Precision;

/** What {@link CudaEngineContractTest} runs in a JVM of its own, where the emulated driver is. */
final class EmulatedTests {
  /** System property: whether this is that JVM. */
  static final String HERE = "levin.cuda.emulated";

  private EmulatedTests() {}

  /** Returns what that JVM was started with. */
  private static Precision precision() {
    return ((PrecisionChoice.Chosen) PrecisionChoice.current()).precision();
  }

  @EnabledIfSystemProperty(named = HERE, matches = "true")
  static class Contract extends CudaContract {
    Contract() {
      super(precision());
    }
  }

  @EnabledIfSystemProperty(named = HERE, matches = "true")
  static class Rounding extends CudaRounding {
    Rounding() {
      super(precision());
    }
  }

  @EnabledIfSystemProperty(named = HERE, matches = "true")
  static class Agreement extends CudaAgreement {}

  @EnabledIfSystemProperty(named = HERE, matches = "true")
  static class Sums extends CudaSums {}

  @EnabledIfSystemProperty(named = HERE, matches = "true")
  static class Recurrence extends CudaRecurrence {
    Recurrence() {
      super(precision());
    }
  }

  @EnabledIfSystemProperty(named = HERE, matches = "true")
  static class Writing extends CudaWriting {
    Writing() {
      super(precision());
    }
  }

  @EnabledIfSystemProperty(named = HERE, matches = "true")
  static class Failures extends CudaFailures {}

  @EnabledIfSystemProperty(named = HERE, matches = "true")
  static class Graphs extends CudaGraphs {}

  @EnabledIfSystemProperty(named = HERE, matches = "true")
  static class Uploads extends CudaUploads {}
}

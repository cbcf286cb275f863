package org.levin.engine.cuda;

import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** What {@link CudaEngineContractTest} runs in a JVM of its own, where the emulated driver is. */
final class EmulatedTests {
  /** System property: whether this is that JVM. */
  static final String HERE = "levin.cuda.emulated";

  private EmulatedTests() {}

  @EnabledIfSystemProperty(named = HERE, matches = "true")
  static class Contract extends CudaContract {}

  @EnabledIfSystemProperty(named = HERE, matches = "true")
  static class Rounding extends CudaRounding {}

  @EnabledIfSystemProperty(named = HERE, matches = "true")
  static class Agreement extends CudaAgreement {}

  @EnabledIfSystemProperty(named = HERE, matches = "true")
  static class Failures extends CudaFailures {}
}

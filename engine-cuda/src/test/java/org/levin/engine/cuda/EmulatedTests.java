package org.levin.engine.cuda;

import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.levin.engine.Engine;
import org.levin.engine.EngineOptions;
import org.levin.engine.contract.EngineContract;

/** What {@link CudaEngineContractTest} runs in a JVM of its own, where the emulated driver is. */
final class EmulatedTests {
  /** System property: whether this is that JVM. */
  static final String HERE = "levin.cuda.emulated";

  private EmulatedTests() {}

  @EnabledIfSystemProperty(named = HERE, matches = "true")
  static class Contract implements EngineContract {
    @Override
    public Engine open() {
      return new CudaEngineProvider().open(new EngineOptions(1));
    }
  }

  @EnabledIfSystemProperty(named = HERE, matches = "true")
  static class Agreement extends CudaAgreement {}

  @EnabledIfSystemProperty(named = HERE, matches = "true")
  static class Recurrence extends CudaRecurrence {}

  @EnabledIfSystemProperty(named = HERE, matches = "true")
  static class Failures extends CudaFailures {}
}

package org.levin.engine.cuda;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.levin.engine.Engine;
import org.levin.engine.EngineOptions;
import org.levin.engine.contract.EngineContract;
import org.levin.engine.cuda.driver.DriverSearch;
import org.levin.report.Counts;
import org.opentest4j.TestAbortedException;

/**
 * The contract and the agreement with the CPU engine on a GPU; skipped where there is none, unless
 * {@code -Dgpu.required=true} makes that a failure.
 */
@Tag("gpu")
class CudaDeviceTest {

  @BeforeAll
  static void requireDevice() {
    switch (DriverSearch.outcome()) {
      case DriverSearch.Found found -> Counts.add("GPU tests on", found.description(), 1);
      case DriverSearch.Missing missing -> {
        String reason = "GPU tests: not run, " + missing.reason();
        if (Boolean.getBoolean("gpu.required")) {
          throw new IllegalStateException(reason);
        }
        System.out.println(reason);
        throw new TestAbortedException(reason);
      }
    }
  }

  @Nested
  class Contract implements EngineContract {
    @Override
    public Engine open() {
      return new CudaEngineProvider().open(new EngineOptions(1));
    }
  }

  @Nested
  class Agreement extends CudaAgreement {}

  @Nested
  class Recurrence extends CudaRecurrence {}
}

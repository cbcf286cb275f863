package org.levin.engine.cuda;

import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.levin.engine.Engine;
import org.levin.engine.cuda.driver.DriverSearch;
import org.levin.engine.cuda.kernel.Precision;
import org.levin.report.Counts;
import org.opentest4j.TestAbortedException;

/**
 * The contract, the agreement with the CPU engine, and what each kind of kernel computes, on a GPU;
 * skipped where there is none, unless {@code -Dgpu.required=true} makes that a failure.
 */
@Tag("gpu")
class CudaDeviceTest {
  /**
   * An engine that stays open: the context of a device is destroyed with its last user, and
   * hundreds of tests would each wait until it is made again.
   */
  private static Optional<Engine> held = Optional.empty();

  @BeforeAll
  static void requireDevice() {
    switch (DriverSearch.outcome()) {
      case DriverSearch.Found found -> {
        Counts.add("GPU tests on", found.description(), 1);
        held = Optional.of(CudaContract.open(Precision.FP32));
      }
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

  @AfterAll
  static void closeDevice() {
    held.ifPresent(Engine::close);
    held = Optional.empty();
  }

  @Nested
  class Contract extends CudaContract {
    Contract() {
      super(Precision.FP32);
    }
  }

  @Nested
  class ContractInTf32 extends CudaContract {
    ContractInTf32() {
      super(Precision.TF32);
    }
  }

  @Nested
  class ContractInBf16 extends CudaContract {
    ContractInBf16() {
      super(Precision.BF16);
    }
  }

  @Nested
  class RoundingToTf32 extends CudaRounding {
    RoundingToTf32() {
      super(Precision.TF32);
    }
  }

  @Nested
  class RoundingToBf16 extends CudaRounding {
    RoundingToBf16() {
      super(Precision.BF16);
    }
  }

  @Nested
  class Agreement extends CudaAgreement {}

  @Nested
  class Sums extends CudaSums {}

  @Nested
  class Recurrence extends CudaRecurrence {
    Recurrence() {
      super(Precision.FP32);
    }
  }

  @Nested
  class RecurrenceInTf32 extends CudaRecurrence {
    RecurrenceInTf32() {
      super(Precision.TF32);
    }
  }

  @Nested
  class RecurrenceInBf16 extends CudaRecurrence {
    RecurrenceInBf16() {
      super(Precision.BF16);
    }
  }

  @Nested
  class WritingInTf32 extends CudaWriting {
    WritingInTf32() {
      super(Precision.TF32);
    }
  }

  @Nested
  class WritingInBf16 extends CudaWriting {
    WritingInBf16() {
      super(Precision.BF16);
    }
  }
}

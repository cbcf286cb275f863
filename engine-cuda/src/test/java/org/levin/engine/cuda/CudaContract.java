package org.levin.engine.cuda;

import org.levin.engine.Engine;
import org.levin.engine.EngineOptions;
import org.levin.engine.contract.EngineContract;
import org.levin.engine.cuda.kernel.Precision;

/** The contract in the precision of this JVM, whose rounding the tolerances allow for. */
abstract class CudaContract implements EngineContract {
  @Override
  public Engine open() {
    return new CudaEngineProvider().open(new EngineOptions(1));
  }

  @Override
  public double tolerance() {
    return tolerance(EngineContract.super.tolerance());
  }

  @Override
  public double goldenTolerance() {
    return tolerance(EngineContract.super.goldenTolerance());
  }

  private static double tolerance(double strict) {
    return switch (precision()) {
      case FP32 -> strict;
      case TF32 -> 2e-3;
      case BF16 -> 2e-2;
    };
  }

  /** Returns the precision of this JVM. */
  static Precision precision() {
    return ((PrecisionChoice.Chosen) PrecisionChoice.current()).precision();
  }
}

package org.levin.engine.cuda;

import org.levin.engine.Engine;
import org.levin.engine.contract.EngineContract;
import org.levin.engine.cuda.driver.DriverSearch;
import org.levin.engine.cuda.kernel.Precision;

/** The contract in one precision, whose rounding the tolerances allow for. */
abstract class CudaContract implements EngineContract {
  private final Precision precision;

  CudaContract(Precision precision) {
    this.precision = precision;
  }

  @Override
  public Engine open() {
    return open(precision);
  }

  static Engine open(Precision precision) {
    DriverSearch.Found found = (DriverSearch.Found) DriverSearch.outcome();
    return CudaEngine.open(found.driver(), found.device(), precision);
  }

  @Override
  public double tolerance() {
    return tolerance(EngineContract.super.tolerance());
  }

  @Override
  public double goldenTolerance() {
    return tolerance(EngineContract.super.goldenTolerance());
  }

  private double tolerance(double strict) {
    return switch (precision) {
      case FP32 -> strict;
      case TF32 -> 2e-3;
      case BF16 -> 2e-2;
    };
  }
}

package org.levin.engine.cuda;

import org.levin.engine.Engine;
import org.levin.engine.EngineOptions;
import org.levin.engine.contract.EngineContract;

/** The contract; run by {@link CudaEngineContractTest} where the emulated driver is. */
class EmulatedContract implements EngineContract {
  @Override
  public Engine open() {
    return new CudaEngineProvider().open(new EngineOptions(1));
  }
}

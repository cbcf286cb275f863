package org.levin.engine.cpu;

import org.levin.engine.Engine;
import org.levin.engine.EngineOptions;
import org.levin.engine.contract.EngineContract;
import org.levin.engine.cpu.vector.VectorKernels;

/** The contract, on the vector kernels and two threads. */
class CpuEngineTest implements EngineContract {
  @Override
  public Engine open() {
    return new CpuEngine(new EngineOptions(2), new VectorKernels());
  }
}

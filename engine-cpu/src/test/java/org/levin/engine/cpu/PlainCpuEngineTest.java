package org.levin.engine.cpu;

import org.levin.engine.Engine;
import org.levin.engine.EngineOptions;
import org.levin.engine.contract.EngineContract;
import org.levin.engine.cpu.plain.PlainKernels;

/** The contract, on the plain kernels and one thread. */
class PlainCpuEngineTest implements EngineContract {
  @Override
  public Engine open() {
    return new CpuEngine(new EngineOptions(1), new PlainKernels());
  }
}

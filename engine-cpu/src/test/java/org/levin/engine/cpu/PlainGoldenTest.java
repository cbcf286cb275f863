package org.levin.engine.cpu;

import org.levin.engine.Engine;
import org.levin.engine.EngineOptions;
import org.levin.engine.contract.GoldenContract;
import org.levin.engine.cpu.plain.PlainKernels;

/** libtorch's numbers, on the plain kernels. */
class PlainGoldenTest extends GoldenContract {
  @Override
  protected Engine open() {
    return new CpuEngine(new EngineOptions(2), new PlainKernels());
  }
}

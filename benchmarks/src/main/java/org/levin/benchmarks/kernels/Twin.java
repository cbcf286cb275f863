package org.levin.benchmarks.kernels;

import java.util.SplittableRandom;
import org.levin.engine.cpu.kernel.Kernels;
import org.levin.engine.cpu.plain.PlainKernels;
import org.levin.engine.cpu.vector.VectorKernels;

/** The two implementations of the kernels. */
public enum Twin {
  /** On the Vector API. */
  VECTOR {
    @Override
    Kernels kernels() {
      return new VectorKernels();
    }
  },

  /** In plain Java. */
  PLAIN {
    @Override
    Kernels kernels() {
      return new PlainKernels();
    }
  };

  /** What the fork of a benchmark needs. */
  static final String MODULES = "--add-modules=jdk.incubator.vector";

  abstract Kernels kernels();

  /** Returns values in [-1, 1), the same for both. */
  static float[] values(int count) {
    SplittableRandom random = new SplittableRandom(42);
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) random.nextDouble(-1, 1);
    }
    return values;
  }
}

package org.levin.engine.cuda.driver;

/** A kernel that can be launched; made by {@link CudaDriver#function}. */
public interface CudaFunction {

  /** Returns its entry name. */
  String name();
}

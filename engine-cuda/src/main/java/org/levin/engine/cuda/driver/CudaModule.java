package org.levin.engine.cuda.driver;

/** Loaded kernels; made by {@link CudaDriver#load}. */
public interface CudaModule {}

package org.levin.engine.cuda.driver;

/** A queue of the device, whose work is done in order; made by {@link CudaDriver#stream}. */
public interface CudaStream {}

package org.levin.engine.cuda.driver;

/** Many launches that the device is told of at once; made by {@link CudaDriver#endCapture}. */
public interface CudaGraph {}

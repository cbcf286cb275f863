package org.levin.engine.cuda.driver;

import java.nio.ByteBuffer;

/**
 * Page-locked host memory; made by {@link CudaDriver#allocateHost}.
 *
 * @param bytes all of it, in native byte order
 * @param address where it lies
 */
public record HostBuffer(ByteBuffer bytes, long address) {}

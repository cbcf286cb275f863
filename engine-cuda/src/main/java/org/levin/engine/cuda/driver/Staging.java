package org.levin.engine.cuda.driver;

import java.nio.FloatBuffer;

/**
 * Page-locked memory through which arrays go to the device and back, piece by piece: the driver
 * would copy them through such memory too, and hold the garbage collector off while it does.
 */
final class Staging {
  private static final int BYTES = 1 << 22;
  static final int FLOATS = BYTES / Float.BYTES;

  private final CudaDriver driver;
  private final CudaStream stream;
  private final HostBuffer buffer;
  private final FloatBuffer floats;

  /** Whether the device may still read the buffer. */
  private boolean busy;

  private long waits;

  Staging(CudaDriver driver, CudaStream stream) {
    this.driver = driver;
    this.stream = stream;
    buffer = driver.allocateHost(BYTES);
    floats = buffer.bytes().asFloatBuffer();
  }

  /** Waits until all that was queued is done. */
  void await() {
    driver.synchronize(stream);
    busy = false;
    waits++;
  }

  /** Returns how often it has waited. */
  long waits() {
    return waits;
  }

  private void awaitBuffer() {
    if (busy) {
      await();
    }
  }

  /** Queues a copy to an address; the source may change as soon as the call returns. */
  void upload(float[] source, long target) {
    for (int from = 0; from < source.length; from += FLOATS) {
      int count = Math.min(FLOATS, source.length - from);
      awaitBuffer();
      floats.put(0, source, from, count);
      long bytes = (long) count * Float.BYTES;
      driver.copyToDevice(target + (long) from * Float.BYTES, buffer, bytes, stream);
      busy = true;
    }
  }

  /** Copies floats to {@code target[offset,offset+count)}; what was queued before is then done. */
  void download(long source, float[] target, int offset, int count) {
    for (int from = 0; from < count; from += FLOATS) {
      int part = Math.min(FLOATS, count - from);
      copyToHost(source + (long) from * Float.BYTES, (long) part * Float.BYTES);
      floats.get(0, target, offset + from, part);
    }
  }

  /**
   * Returns where the buffer lies, for kernels too: the driver maps page-locked memory at the same
   * address, as it does on every 64-bit system.
   */
  long address() {
    return buffer.address();
  }

  /** Copies what kernels wrote to the start of the buffer; what was queued before is then done. */
  void take(float[] target) {
    await();
    floats.get(0, target);
  }

  /** Copies doubles; what was queued before is then done. */
  double[] downloadDoubles(long source, int count) {
    copyToHost(source, (long) count * Double.BYTES);
    double[] values = new double[count];
    buffer.bytes().asDoubleBuffer().get(0, values);
    return values;
  }

  private void copyToHost(long source, long bytes) {
    driver.copyToHost(buffer, source, bytes, stream);
    await();
  }

  void free() {
    driver.free(buffer);
  }
}

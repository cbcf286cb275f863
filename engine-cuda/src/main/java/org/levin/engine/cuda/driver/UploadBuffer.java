package org.levin.engine.cuda.driver;

import java.nio.ByteBuffer;

/**
 * Device memory that the host fills again and again. It has two page-locked buffers, so that the
 * next contents can be written while those before are still on their way.
 *
 * <p>Belongs to the device's thread.
 */
public final class UploadBuffer {
  private static final long NEVER = -1;

  private final DeviceContext context;
  private final DeviceMemory device;
  private final HostBuffer[] buffers = new HostBuffer[2];

  /** For each buffer, how often the host had waited when it was sent. */
  private final long[] sent = {NEVER, NEVER};

  private int current;

  /** Takes the memory, which the scope frees. */
  public UploadBuffer(int bytes, DeviceScope scope) {
    context = scope.context();
    device = scope.allocate(bytes);
    for (int i = 0; i < buffers.length; i++) {
      HostBuffer buffer = context.allocateHost(bytes);
      buffers[i] = scope.add(buffer, () -> context.free(buffer));
    }
  }

  /** Returns the address on the device. */
  public long address() {
    return device.address();
  }

  /** Returns what to write the next contents to, all of them. */
  public ByteBuffer contents() {
    if (sent[current] == context.waits()) {
      context.await();
    }
    return buffers[current].bytes();
  }

  /** Queues the copy of the contents to the device. */
  public void upload() {
    HostBuffer buffer = buffers[current];
    context.queue(
        (driver, stream) -> driver.copyToDevice(device.address(), buffer, device.bytes(), stream));
    sent[current] = context.waits();
    current = 1 - current;
  }
}

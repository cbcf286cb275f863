package org.levin.engine.cuda.driver;

/** A piece of device memory, not initialized; freed by {@link #close}. */
public final class DeviceMemory implements AutoCloseable {
  private final DeviceContext context;
  private final long address;
  private final long bytes;

  DeviceMemory(DeviceContext context, long address, long bytes) {
    this.context = context;
    this.address = address;
    this.bytes = bytes;
  }

  /** Returns where it begins. */
  public long address() {
    return address;
  }

  /** Returns the address of the float of this index. */
  public long at(long index) {
    return address + index * Float.BYTES;
  }

  /** Returns its size. */
  public long bytes() {
    return bytes;
  }

  /** Frees it. Closing twice, or after its context, is harmless. */
  @Override
  public void close() {
    context.free(this);
  }
}

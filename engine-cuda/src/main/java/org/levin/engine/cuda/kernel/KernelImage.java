package org.levin.engine.cuda.kernel;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The compiled kernels, PTX, which the driver compiles further for the device it finds. */
public final class KernelImage {
  private static final String RESOURCE = "kernels.ptx";

  private KernelImage() {}

  /** Reads them. */
  public static byte[] read() {
    try (InputStream in = KernelImage.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IllegalStateException("the resource " + RESOURCE + " is missing");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException("the resource " + RESOURCE + " cannot be read", e);
    }
  }
}

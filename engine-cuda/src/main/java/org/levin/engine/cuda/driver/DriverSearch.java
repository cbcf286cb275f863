package org.levin.engine.cuda.driver;

import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;

/** Looks for a driver and a device that the engine can work with; once for the JVM. */
public final class DriverSearch {
  /** 8.0, the Ampere generation, for which the kernels are compiled. */
  static final int LEAST_CAPABILITY = 80;

  /** The kernels are PTX 9.0, which came with CUDA 13.0. */
  static final int LEAST_VERSION = 13_000;

  /** The context alone takes some hundred megabytes. */
  static final long LEAST_MEMORY = 1L << 30;

  private static final long MEBIBYTE = 1L << 20;

  private DriverSearch() {}

  /** What came of the search. */
  public sealed interface Outcome {}

  /**
   * A device that will do.
   *
   * @param driver the driver, initialized
   * @param device the first device that is good enough
   * @param description both, for people
   */
  public record Found(CudaDriver driver, CudaDevice device, String description)
      implements Outcome {}

  /**
   * There is none.
   *
   * @param reason why
   * @param remedy what the user can do about it
   */
  public record Missing(String reason, String remedy) implements Outcome {}

  private static final class Once {
    static final Outcome OUTCOME = search();
  }

  /** Returns what came of the search; never throws. */
  public static Outcome outcome() {
    return Once.OUTCOME;
  }

  private static Outcome search() {
    String platform = System.getProperty("os.name") + " " + System.getProperty("os.arch");
    if (!platform.equals("Linux amd64")) {
      return new Missing(
          "the CUDA engine runs on Linux x86_64 only, and this is " + platform,
          "use the CPU engine");
    }
    if (!InstalledLibrary.isFound(System.getenv())) {
      return new Missing(
          "NVIDIA's driver is not installed: there is no " + InstalledLibrary.NAME,
          Remedy.DRIVER
              + ", or add the folder of "
              + InstalledLibrary.NAME
              + " to LD_LIBRARY_PATH, or start the container with its GPUs (--gpus all)");
    }
    try {
      NativeLibrary.load();
      return choose(new JCudaBinding());
    } catch (LinkageError | UncheckedIOException | CudaException e) {
      return SearchFailure.of(e);
    }
  }

  /** Looks for a device that will do. */
  static Outcome choose(CudaDriver driver) {
    if (driver.version() < LEAST_VERSION) {
      return new Missing(
          "NVIDIA's driver speaks CUDA %s, but the kernels need CUDA %s"
              .formatted(versionName(driver.version()), versionName(LEAST_VERSION)),
          Remedy.DRIVER);
    }
    List<CudaDevice> devices = driver.devices();
    if (devices.isEmpty()) {
      return SearchFailure.noDevice();
    }
    for (CudaDevice device : devices) {
      if (device.capability() >= LEAST_CAPABILITY
          && device.memory() >= LEAST_MEMORY
          && !device.prohibited()) {
        return new Found(driver, device, describe(driver, device));
      }
    }
    CudaDevice device = devices.getFirst();
    if (device.prohibited()) {
      return new Missing(
          device.name() + " is in a mode that lets nobody compute on it",
          "let an administrator run nvidia-smi -c DEFAULT");
    }
    if (device.capability() < LEAST_CAPABILITY) {
      return new Missing(
          "%s has compute capability %s, but the kernels need 8.0"
              .formatted(device.name(), device.capabilityName()),
          "use a GPU of the Ampere generation or newer");
    }
    return new Missing(
        "%s has %d MiB of memory, but the engine needs %d"
            .formatted(device.name(), device.memory() / MEBIBYTE, LEAST_MEMORY / MEBIBYTE),
        "use a GPU with more memory");
  }

  private static String describe(CudaDriver driver, CudaDevice device) {
    return String.format(
        Locale.ROOT,
        "%s, compute capability %s, %.1f GiB, CUDA %s",
        device.name(),
        device.capabilityName(),
        device.memory() / (1024.0 * MEBIBYTE),
        versionName(driver.version()));
  }

  private static String versionName(int version) {
    return version / 1000 + "." + version % 1000 / 10;
  }
}

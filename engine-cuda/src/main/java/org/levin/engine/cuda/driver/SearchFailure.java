package org.levin.engine.cuda.driver;

/** What is said of an error that ended the search. */
final class SearchFailure {
  private SearchFailure() {}

  /** Returns what is said where the driver knows no device. */
  static DriverSearch.Missing noDevice() {
    return new DriverSearch.Missing(
        "NVIDIA's driver finds no GPU", Remedy.of("CUDA_ERROR_NO_DEVICE").orElseThrow());
  }

  /** Returns reason and remedy. */
  static DriverSearch.Missing of(Throwable error) {
    if (error instanceof CudaException failed) {
      return failed.errorName().equals("CUDA_ERROR_NO_DEVICE")
          ? noDevice()
          : new DriverSearch.Missing(
              "NVIDIA's driver does not work: " + failed.failure(),
              failed.remedy().orElse("check that nvidia-smi works, or " + Remedy.DRIVER));
    }
    String message = String.valueOf(error.getMessage());
    if (message.contains("IllegalCallerException")) {
      return new DriverSearch.Missing(
          "this JVM forbids native libraries",
          "start it with --enable-native-access=ALL-UNNAMED, or use the CPU engine");
    }
    return new DriverSearch.Missing(
        "JCuda's native library cannot be loaded: " + cause(message), remedyOf(message));
  }

  /** The loader names the library that it does not find, or cannot use. */
  private static String remedyOf(String message) {
    if (message.contains(InstalledLibrary.NAME + ":")) {
      return Remedy.DRIVER;
    }
    if (message.contains("libstdc++.so.6:")) {
      return "install the system's package of libstdc++, which JCuda needs";
    }
    return "let -Djava.io.tmpdir name a folder from which libraries may be loaded, or "
        + Remedy.DRIVER;
  }

  /** JCuda's message holds whole stack traces: what the loader said last is the cause. */
  private static String cause(String message) {
    return message
        .lines()
        .filter(line -> line.startsWith("java.lang.UnsatisfiedLinkError: "))
        .reduce((first, last) -> last)
        .map(line -> line.substring(line.indexOf(' ') + 1))
        .orElseGet(() -> message.lines().findFirst().orElse("no reason is given"));
  }
}

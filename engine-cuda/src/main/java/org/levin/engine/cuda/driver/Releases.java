package org.levin.engine.cuda.driver;

/** Frees one thing after the other, whatever fails; then throws the first failure. */
final class Releases {
  private CudaException failure;

  void run(Runnable release) {
    try {
      release.run();
    } catch (CudaException e) {
      if (failure == null) {
        failure = e;
      } else if (failure != e) {
        failure.addSuppressed(e);
      }
    }
  }

  void finish() {
    if (failure != null) {
      throw failure;
    }
  }
}

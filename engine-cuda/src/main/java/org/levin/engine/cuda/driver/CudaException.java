package org.levin.engine.cuda.driver;

import java.util.Optional;

/**
 * A call of CUDA's driver failed. After some errors, as an illegal address in a kernel, every later
 * call of the process fails too.
 */
public final class CudaException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String failure;

  /** The driver's name of the error. */
  private final String errorName;

  /**
   * Makes the exception. Its message ends with a remedy, where there is one.
   *
   * @param call what was called, with names and sizes
   * @param errorName the driver's name of the error, such as {@code CUDA_ERROR_OUT_OF_MEMORY}
   * @param description the driver's words for it
   */
  public CudaException(String call, String errorName, String description) {
    this(call + ": " + errorName + " (" + description + ")", errorName, (Throwable) null);
  }

  private CudaException(String failure, String errorName, Throwable cause) {
    super(failure + Remedy.of(errorName).map(remedy -> "; " + remedy).orElse(""), cause);
    this.failure = failure;
    this.errorName = errorName;
  }

  /** Returns the same failure with more words about it. */
  public CudaException with(String more) {
    return new CudaException(failure + "; " + more, errorName, this);
  }

  /** Returns the driver's name of the error, such as {@code CUDA_ERROR_OUT_OF_MEMORY}. */
  public String errorName() {
    return errorName;
  }

  /** Returns what failed, without the remedy. */
  String failure() {
    return failure;
  }

  /** Returns what a user can do about it, if that is known. */
  Optional<String> remedy() {
    return Remedy.of(errorName);
  }
}

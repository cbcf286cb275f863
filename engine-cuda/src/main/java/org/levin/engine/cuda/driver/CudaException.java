package org.levin.engine.cuda.driver;

/**
 * A call of CUDA's driver failed. After some errors, as an illegal address in a kernel, every later
 * call of the process fails too.
 */
public final class CudaException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** The driver's name of the error. */
  private final String errorName;

  /**
   * Makes the exception.
   *
   * @param call what was called, with names and sizes
   * @param errorName the driver's name of the error, such as {@code CUDA_ERROR_OUT_OF_MEMORY}
   * @param description the driver's words for it
   */
  public CudaException(String call, String errorName, String description) {
    super(call + ": " + errorName + " (" + description + ")");
    this.errorName = errorName;
  }

  private CudaException(String message, CudaException cause) {
    super(message, cause);
    errorName = cause.errorName;
  }

  /** Returns the same failure with more words about it. */
  public CudaException with(String more) {
    return new CudaException(getMessage() + "; " + more, this);
  }

  /** Returns the driver's name of the error, such as {@code CUDA_ERROR_OUT_OF_MEMORY}. */
  public String errorName() {
    return errorName;
  }
}

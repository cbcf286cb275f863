package org.levin.engine.cuda.kernel;

/** What a kernel is given. */
public enum ParameterType {
  /** An address in device memory; a {@link Long}. */
  ADDRESS(Long.class, Long.BYTES),
  /** A {@link Integer}. */
  INT(Integer.class, Integer.BYTES),
  /** The ids of {@link #ROWS} rows, by value. */
  IDS(int[].class, ParameterType.ROWS * Integer.BYTES);

  /** The most rows whose ids are an argument, as {@code RowIds} of the kernels has them. */
  public static final int ROWS = 64;

  private final Class<?> type;
  private final int bytes;

  ParameterType(Class<?> type, int bytes) {
    this.type = type;
    this.bytes = bytes;
  }

  /** Returns the Java type of an argument. */
  public Class<?> type() {
    return type;
  }

  /** Returns the size of an argument. */
  public int bytes() {
    return bytes;
  }
}

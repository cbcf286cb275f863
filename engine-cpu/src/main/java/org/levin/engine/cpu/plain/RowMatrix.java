package org.levin.engine.cpu.plain;

import org.levin.engine.cpu.kernel.PackedMatrix;

/**
 * A matrix whose rows are arrays of their own, cut into strips of columns. The compiler makes
 * vectors of a loop over several arrays only where all are indexed alike, so rows cannot share an
 * array.
 */
final class RowMatrix implements PackedMatrix {
  /** Four rows of this width, and four of sums, fit into the first cache together. */
  static final int MOST_COLUMNS = 512;

  /** Side of the squares in which a matrix is transposed: whole lines of the cache, both ways. */
  private static final int SQUARE = 16;

  private final int depth;
  private final int segments;
  private final int segmentColumns;
  private final int width;

  /** {@code [strips][depth][width]}. */
  private final float[][][] strips;

  /** Makes a matrix of zeros. */
  RowMatrix(int depth, int segments, int segmentColumns) {
    this.depth = depth;
    this.segments = segments;
    this.segmentColumns = segmentColumns;
    this.width = stripWidth(segmentColumns);
    this.strips = new float[segments * segmentStrips()][depth][width];
  }

  /** Returns the width of strips that are as equal as they can be. */
  static int stripWidth(int columns) {
    return Math.ceilDiv(columns, Math.ceilDiv(columns, MOST_COLUMNS));
  }

  private int segmentStrips() {
    return Math.ceilDiv(segmentColumns, width);
  }

  @Override
  public int depth() {
    return depth;
  }

  @Override
  public int columns() {
    return segments * segmentColumns;
  }

  /** Returns the columns of a strip. */
  int width() {
    return width;
  }

  /** Returns the rows of a strip, {@code [depth][width]}. */
  float[][] lines(int strip) {
    return strips[strip];
  }

  @Override
  public void packRows(float[] source, int offset, int stride, int from, int to) {
    for (int strip = 0; strip < strips.length; strip++) {
      int first = strip % segmentStrips() * width;
      int column = offset + strip / segmentStrips() * segmentColumns + first;
      int count = Math.min(width, segmentColumns - first);
      for (int k = from; k < to; k++) {
        System.arraycopy(source, column + k * stride, strips[strip][k], 0, count);
      }
    }
  }

  @Override
  public void packColumns(float[] source, int offset, int from, int to) {
    for (int square = 0; square < depth; square += SQUARE) {
      int end = Math.min(depth, square + SQUARE);
      for (int j = from; j < to; j++) {
        int column = j % segmentColumns;
        float[][] lines = strips[j / segmentColumns * segmentStrips() + column / width];
        for (int k = square; k < end; k++) {
          lines[k][column % width] = source[offset + j * depth + k];
        }
      }
    }
  }
}

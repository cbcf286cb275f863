package org.levin.engine.cpu.vector;

import static org.levin.engine.cpu.vector.VectorTile.WIDTH;

import org.levin.engine.cpu.kernel.PackedMatrix;

/**
 * A matrix in strips of {@link VectorTile#WIDTH} columns, one after the other, each {@code
 * [depth,WIDTH]}: a tile reads one in one line.
 */
final class PanelMatrix implements PackedMatrix {
  private final int depth;
  private final int segments;
  private final int segmentColumns;
  private final int segmentStrips;
  private final float[] strips;

  /** Makes a matrix of zeros. */
  PanelMatrix(int depth, int segments, int segmentColumns) {
    this.depth = depth;
    this.segments = segments;
    this.segmentColumns = segmentColumns;
    this.segmentStrips = Math.ceilDiv(segmentColumns, WIDTH);
    this.strips =
        new float[Math.multiplyExact(Math.multiplyExact(segments * segmentStrips, WIDTH), depth)];
  }

  @Override
  public int depth() {
    return depth;
  }

  @Override
  public int columns() {
    return segments * segmentColumns;
  }

  float[] values() {
    return strips;
  }

  /** Returns where a strip begins. */
  int offset(int strip) {
    return strip * depth * WIDTH;
  }

  @Override
  public void packRows(float[] source, int offset, int stride, int from, int to) {
    for (int segment = 0; segment < segments; segment++) {
      for (int first = 0; first < segmentColumns; first += WIDTH) {
        int count = Math.min(WIDTH, segmentColumns - first);
        int target = offset(segment * segmentStrips + first / WIDTH);
        int column = offset + segment * segmentColumns + first;
        for (int k = from; k < to; k++) {
          System.arraycopy(source, column + k * stride, strips, target + k * WIDTH, count);
        }
      }
    }
  }

  @Override
  public void packColumns(float[] source, int offset, int from, int to) {
    // Square by square, so that neither the rows read nor the lines written leave the cache half
    // used.
    for (int first = from; first < to; first += WIDTH) {
      int last = Math.min(to, first + WIDTH);
      for (int square = 0; square < depth; square += WIDTH) {
        int end = Math.min(depth, square + WIDTH);
        for (int j = first; j < last; j++) {
          int column = j % segmentColumns;
          int row = offset + j * depth;
          int target = offset(j / segmentColumns * segmentStrips + column / WIDTH) + column % WIDTH;
          for (int k = square; k < end; k++) {
            strips[target + k * WIDTH] = source[row + k];
          }
        }
      }
    }
  }
}

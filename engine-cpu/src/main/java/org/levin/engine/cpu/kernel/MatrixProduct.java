package org.levin.engine.cpu.kernel;

/**
 * {@code C += A·B}, cut into tiles that stay in the caches. Each element of C is one chain of fused
 * multiply-adds over k in increasing order, starting from the value already there, so the cutting
 * changes no bit.
 *
 * <p>An object of this class has scratch memory and belongs to one thread at a time.
 */
public final class MatrixProduct {
  /** Steps of k that a tile runs at once: a panel of B and the rows of A stay near. */
  private static final int DEPTH_BLOCK = 512;

  private final Kernels kernels;
  private final int width;
  private final float[] edge;
  private float[] packedRows = new float[0];

  /** Makes a product that runs on these kernels. */
  public MatrixProduct(Kernels kernels) {
    this.kernels = kernels;
    this.width = kernels.panelWidth();
    this.edge = new float[Kernels.TILE_ROWS * Kernels.ROW_PANELS * width];
  }

  /**
   * Adds a product of rows.
   *
   * @param a {@code [rows,depth]}, rows {@code aStride} apart
   * @param b {@code [depth,columns]}
   * @param c {@code [rows,columns]}, rows {@code cStride} apart; modified
   */
  public void add(
      float[] a,
      int aOffset,
      int aStride,
      int rows,
      PackedMatrix b,
      float[] c,
      int cOffset,
      int cStride) {
    int whole = rows - rows % Kernels.TILE_ROWS;
    if (whole > 0) {
      float[] packed = packedRows(whole * b.depth());
      packRows(a, aOffset, aStride, whole, b.depth(), packed);
      addPacked(packed, whole, b.depth(), b, 0, c, cOffset, cStride);
    }
    for (int row = whole; row < rows; row++) {
      addRow(a, aOffset + row * aStride, b, c, cOffset + row * cStride);
    }
  }

  /**
   * Adds a product whose left side is packed already.
   *
   * @param a panels of four rows, each {@code [aDepth,4]}; the last may be filled up with zeros
   * @param rows rows of C
   * @param aDepth steps of k that {@code a} has
   * @param bFirst row of {@code b} that belongs to the first k of {@code a}
   */
  public void addPacked(
      float[] a,
      int rows,
      int aDepth,
      PackedMatrix b,
      int bFirst,
      float[] c,
      int cOffset,
      int cStride) {
    for (int k = 0; k < aDepth; k += DEPTH_BLOCK) {
      int depth = Math.min(DEPTH_BLOCK, aDepth - k);
      for (int panel = 0; panel < b.panelCount(); panel++) {
        int bOffset = b.panelOffset(panel) + (bFirst + k) * width;
        int columns = Math.min(width, b.columns() - panel * width);
        for (int row = 0; row < rows; row += Kernels.TILE_ROWS) {
          int aOffset = (row * aDepth) + k * Kernels.TILE_ROWS;
          int tile = cOffset + row * cStride + panel * width;
          int tileRows = Math.min(Kernels.TILE_ROWS, rows - row);
          if (columns == width && tileRows == Kernels.TILE_ROWS) {
            kernels.tile(a, aOffset, b.values(), bOffset, c, tile, cStride, depth);
          } else {
            copy(c, tile, cStride, edge, 0, width, tileRows, columns);
            kernels.tile(a, aOffset, b.values(), bOffset, edge, 0, width, depth);
            copy(edge, 0, width, c, tile, cStride, tileRows, columns);
          }
        }
      }
    }
  }

  private void addRow(float[] a, int aOffset, PackedMatrix b, float[] c, int cOffset) {
    int stride = b.depth() * width;
    int group = width * Kernels.ROW_PANELS;
    for (int first = 0; first < b.columns(); first += group) {
      int bOffset = first * b.depth();
      int columns = Math.min(group, b.columns() - first);
      if (columns == group) {
        kernels.row(a, aOffset, b.values(), bOffset, stride, c, cOffset + first, b.depth());
      } else {
        System.arraycopy(c, cOffset + first, edge, 0, columns);
        kernels.row(a, aOffset, b.values(), bOffset, stride, edge, 0, b.depth());
        System.arraycopy(edge, 0, c, cOffset + first, columns);
      }
    }
  }

  private static void copy(
      float[] from,
      int fromOffset,
      int fromStride,
      float[] to,
      int toOffset,
      int toStride,
      int rows,
      int columns) {
    for (int row = 0; row < rows; row++) {
      System.arraycopy(from, fromOffset + row * fromStride, to, toOffset + row * toStride, columns);
    }
  }

  private static void packRows(
      float[] a, int offset, int stride, int rows, int depth, float[] packed) {
    for (int row = 0; row < rows; row += Kernels.TILE_ROWS) {
      int a0 = offset + row * stride;
      int a1 = a0 + stride;
      int a2 = a1 + stride;
      int a3 = a2 + stride;
      int target = row * depth;
      for (int k = 0; k < depth; k++, target += Kernels.TILE_ROWS) {
        packed[target] = a[a0 + k];
        packed[target + 1] = a[a1 + k];
        packed[target + 2] = a[a2 + k];
        packed[target + 3] = a[a3 + k];
      }
    }
  }

  private float[] packedRows(int size) {
    if (packedRows.length < size) {
      packedRows = new float[size];
    }
    return packedRows;
  }
}

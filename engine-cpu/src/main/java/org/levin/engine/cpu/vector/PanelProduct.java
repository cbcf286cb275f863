package org.levin.engine.cpu.vector;

import static org.levin.engine.cpu.vector.VectorTile.ROW_WIDTH;
import static org.levin.engine.cpu.vector.VectorTile.WIDTH;

import org.levin.engine.cpu.kernel.MatrixProduct;
import org.levin.engine.cpu.kernel.PackedMatrix;

/** The product cut into tiles that stay in registers, over panels that stay in the caches. */
final class PanelProduct implements MatrixProduct {
  /** Steps of k that a tile runs at once: a panel of B and the rows of A stay near. */
  private static final int DEPTH_BLOCK = 512;

  private final float[] edge = new float[PANEL_ROWS * WIDTH];
  private final float[] rowEdge = new float[ROW_WIDTH];
  private float[] packedRows = new float[0];

  @Override
  public void add(
      float[] a,
      int aOffset,
      int aStride,
      int rows,
      PackedMatrix b,
      float[] c,
      int cOffset,
      int cStride) {
    int whole = rows - rows % PANEL_ROWS;
    if (whole > 0) {
      float[] packed = packedRows(whole * b.depth());
      packRows(a, aOffset, aStride, whole, b.depth(), packed);
      addPacked(packed, whole, b.depth(), b, 0, c, cOffset, cStride);
    }
    for (int row = whole; row < rows; row++) {
      addRow(a, aOffset + row * aStride, (PanelMatrix) b, c, cOffset + row * cStride);
    }
  }

  @Override
  public void addPacked(
      float[] a,
      int rows,
      int aDepth,
      PackedMatrix matrix,
      int bFirst,
      float[] c,
      int cOffset,
      int cStride) {
    PanelMatrix b = (PanelMatrix) matrix;
    for (int k = 0; k < aDepth; k += DEPTH_BLOCK) {
      int depth = Math.min(DEPTH_BLOCK, aDepth - k);
      for (int panel = 0; panel < b.panelCount(); panel++) {
        int bOffset = b.panelOffset(panel) + (bFirst + k) * WIDTH;
        int columns = Math.min(WIDTH, b.columns() - panel * WIDTH);
        for (int row = 0; row < rows; row += PANEL_ROWS) {
          int aOffset = (row * aDepth) + k * PANEL_ROWS;
          int tile = cOffset + row * cStride + panel * WIDTH;
          int tileRows = Math.min(PANEL_ROWS, rows - row);
          if (columns == WIDTH && tileRows == PANEL_ROWS) {
            VectorTile.tile(a, aOffset, b.values(), bOffset, c, tile, cStride, depth);
          } else {
            copy(c, tile, cStride, edge, 0, WIDTH, tileRows, columns);
            VectorTile.tile(a, aOffset, b.values(), bOffset, edge, 0, WIDTH, depth);
            copy(edge, 0, WIDTH, c, tile, cStride, tileRows, columns);
          }
        }
      }
    }
  }

  private void addRow(float[] a, int aOffset, PanelMatrix b, float[] c, int cOffset) {
    int stride = b.depth() * WIDTH;
    for (int first = 0; first < b.columns(); first += ROW_WIDTH) {
      int bOffset = first * b.depth();
      int columns = Math.min(ROW_WIDTH, b.columns() - first);
      if (columns == ROW_WIDTH) {
        VectorTile.row(a, aOffset, b.values(), bOffset, stride, c, cOffset + first, b.depth());
      } else {
        System.arraycopy(c, cOffset + first, rowEdge, 0, columns);
        VectorTile.row(a, aOffset, b.values(), bOffset, stride, rowEdge, 0, b.depth());
        System.arraycopy(rowEdge, 0, c, cOffset + first, columns);
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
    for (int row = 0; row < rows; row += PANEL_ROWS) {
      int a0 = offset + row * stride;
      int a1 = a0 + stride;
      int a2 = a1 + stride;
      int a3 = a2 + stride;
      int target = row * depth;
      for (int k = 0; k < depth; k++, target += PANEL_ROWS) {
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

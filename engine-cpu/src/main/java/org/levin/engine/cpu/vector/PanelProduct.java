package org.levin.engine.cpu.vector;

import static org.levin.engine.cpu.vector.VectorTile.WIDTH;

import org.levin.engine.cpu.kernel.MatrixProduct;
import org.levin.engine.cpu.kernel.PackedMatrix;
import org.levin.engine.cpu.kernel.PackedRows;

/** The product cut into tiles that stay in registers, over strips that stay in the caches. */
final class PanelProduct implements MatrixProduct {
  /** Steps of k that a tile runs at once: so much of a strip stays in the second cache. */
  private static final int DEPTH_BLOCK = 512;

  /** Values of A that stay in the second cache while strip after strip goes by. */
  private static final int NEAR = 1 << 16;

  /** Panels with fewer rows have too few chains for a tile; they go row by row. */
  private static final int SHORTEST_TILE = 4;

  @Override
  public void add(
      PackedRows a,
      PackedMatrix b,
      int strip,
      int step,
      int strips,
      float[] c,
      int cOffset,
      int cStride) {
    PanelMatrix matrix = (PanelMatrix) b;
    int stride = matrix.offset(step);
    add(a, matrix.values(), matrix.offset(strip), stride, WIDTH, strips, c, cOffset, cStride);
  }

  @Override
  public void add(
      PackedRows a,
      float[] b,
      int bOffset,
      int bStride,
      int width,
      int strips,
      float[] c,
      int cOffset,
      int cStride) {
    if (a.rows() * a.depth() <= NEAR) {
      // A strip of C stays in the first cache until it is done.
      for (int s = 0; s < strips; s++) {
        for (int k = 0; k < a.depth(); k += DEPTH_BLOCK) {
          tiles(a, k, b, bOffset + s * bStride, c, cOffset + s * cStride);
        }
      }
    } else {
      // So much of A as is used at once stays in the second cache.
      for (int k = 0; k < a.depth(); k += DEPTH_BLOCK) {
        for (int s = 0; s < strips; s++) {
          tiles(a, k, b, bOffset + s * bStride, c, cOffset + s * cStride);
        }
      }
    }
    for (int panel = 0; panel < a.panels(); panel++) {
      if (a.panelRows(panel) < SHORTEST_TILE) {
        for (int row = 0; row < a.panelRows(panel); row++) {
          row(a, panel, row, b, bOffset, bStride, strips, c, cOffset, cStride);
        }
      }
    }
  }

  /** Some steps of k of one strip, for all panels that fill a tile. */
  private static void tiles(PackedRows a, int k, float[] b, int bOffset, float[] c, int cOffset) {
    int depth = Math.min(DEPTH_BLOCK, a.depth() - k);
    int line = bOffset + k * WIDTH;
    for (int panel = 0; panel < a.panels(); panel++) {
      int tile = cOffset + a.panelStart(panel) * WIDTH;
      switch (a.panelRows(panel)) {
        case 6 -> VectorTile.six(a.values(), a.panelOffset(panel, k), b, line, c, tile, depth);
        case 5 -> VectorTile.five(a.values(), a.panelOffset(panel, k), b, line, c, tile, depth);
        case 4 -> VectorTile.four(a.values(), a.panelOffset(panel, k), b, line, c, tile, depth);
        default -> {}
      }
    }
  }

  private static void row(
      PackedRows a,
      int panel,
      int row,
      float[] b,
      int bOffset,
      int bStride,
      int strips,
      float[] c,
      int cOffset,
      int cStride) {
    int first = a.panelOffset(panel, 0) + row;
    int step = a.panelRows(panel);
    int line = cOffset + (a.panelStart(panel) + row) * WIDTH;
    int whole = strips - strips % VectorRow.STRIPS;
    for (int s = 0; s < whole; s += VectorRow.STRIPS) {
      int strip = bOffset + s * bStride;
      VectorRow.four(
          a.values(), first, step, b, strip, bStride, c, line + s * cStride, cStride, a.depth());
    }
    for (int s = whole; s < strips; s++) {
      int strip = bOffset + s * bStride;
      VectorRow.one(a.values(), first, step, b, strip, c, line + s * cStride, a.depth());
    }
  }
}

package org.levin.engine.cpu.kernel;

/** The plain-Java twin: runs everywhere, and gives the bits of the vector kernels. */
public final class PlainKernels implements Kernels {
  private static final int WIDTH = 16;

  @Override
  public String description() {
    return "plain Java";
  }

  @Override
  public int panelWidth() {
    return WIDTH;
  }

  @Override
  public void tile(
      float[] a,
      int aOffset,
      float[] b,
      int bOffset,
      float[] c,
      int cOffset,
      int cStride,
      int depth) {
    for (int r = 0; r < TILE_ROWS; r++) {
      for (int k = 0; k < depth; k++) {
        multiplyAdd(
            a[aOffset + k * TILE_ROWS + r], b, bOffset + k * WIDTH, c, cOffset + r * cStride);
      }
    }
  }

  @Override
  public void row(
      float[] a,
      int aOffset,
      float[] b,
      int bOffset,
      int bStride,
      float[] c,
      int cOffset,
      int depth) {
    for (int panel = 0; panel < ROW_PANELS; panel++) {
      for (int k = 0; k < depth; k++) {
        multiplyAdd(
            a[aOffset + k], b, bOffset + panel * bStride + k * WIDTH, c, cOffset + panel * WIDTH);
      }
    }
  }

  private static void multiplyAdd(float x, float[] b, int bOffset, float[] c, int cOffset) {
    for (int j = 0; j < WIDTH; j++) {
      c[cOffset + j] = Math.fma(x, b[bOffset + j], c[cOffset + j]);
    }
  }

  @Override
  public void cellForward(
      float[] gates,
      int gatesOffset,
      float[] previousCell,
      int previousOffset,
      float[] cell,
      int cellOffset,
      float[] hidden,
      int hiddenOffset,
      int rows,
      int size) {
    for (int row = 0; row < rows; row++) {
      int at = row * size;
      PlainCell.forward(
          gates,
          gatesOffset + 4 * at,
          previousCell,
          previousOffset + at,
          cell,
          cellOffset + at,
          hidden,
          hiddenOffset + at,
          0,
          size);
    }
  }

  @Override
  public void cellBackward(
      float[] gates,
      int gatesOffset,
      float[] previousCell,
      int previousOffset,
      float[] cell,
      int cellOffset,
      float[] dAbove,
      int aboveOffset,
      float[] dHidden,
      int hiddenOffset,
      float[] dCell,
      int dCellOffset,
      int rows,
      int size) {
    for (int row = 0; row < rows; row++) {
      int at = row * size;
      PlainCell.backward(
          gates,
          gatesOffset + 4 * at,
          previousCell,
          previousOffset + at,
          cell,
          cellOffset + at,
          dAbove,
          aboveOffset + at,
          dHidden,
          hiddenOffset + at,
          dCell,
          dCellOffset + at,
          0,
          size);
    }
  }

  @Override
  public void exponentials(float[] x, int offset, int count, float shift) {
    for (int i = offset; i < offset + count; i++) {
      x[i] = PlainMath.exp(x[i] - shift);
    }
  }

  @Override
  public void adam(
      float[] weights,
      float[] first,
      float[] second,
      float[] gradients,
      int from,
      int to,
      AdamFactors factors) {
    PlainAdam.update(weights, first, second, gradients, from, to, factors);
  }
}

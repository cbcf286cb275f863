package org.levin.engine.cuda.product;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.levin.engine.cuda.kernel.Precision;

class DepthSlicesTest {
  @Test
  void giveTheReferenceRecipeAsManyBlocksAsALargeGpuRuns() {
    assertEquals(new DepthSlices(4, 3200), DepthSlices.of(Precision.TF32, 2048, 512, 12_800));
    assertEquals(4L * 2048 * 512, new DepthSlices(4, 3200).partials(2048, 512));
  }

  @Test
  void areNoneInTheStrictChainOrWithoutDepth() {
    assertEquals(DepthSlices.whole(12_800), DepthSlices.of(Precision.FP32, 2048, 512, 12_800));
    assertEquals(DepthSlices.whole(1000), DepthSlices.of(Precision.BF16, 83, 512, 1000));
    assertEquals(0, DepthSlices.whole(1000).partials(83, 512));
  }

  @Test
  void coverTheDepthAndNoneIsEmpty() {
    var random = new SplittableRandom(4);
    for (int i = 0; i < 1000; i++) {
      int m = random.nextInt(1, 3000);
      int n = random.nextInt(1, 3000);
      int depth = random.nextInt(1, 100_000);
      DepthSlices slices = DepthSlices.of(Precision.BF16, m, n, depth);
      String sizes = "%d x %d x %d: %s".formatted(m, n, depth, slices);
      assertTrue((long) slices.count() * slices.depth() >= depth, sizes);
      assertTrue((slices.count() - 1L) * slices.depth() < depth, sizes);
      assertTrue(slices.count() == 1 || slices.depth() % 32 == 0, sizes);
    }
  }
}

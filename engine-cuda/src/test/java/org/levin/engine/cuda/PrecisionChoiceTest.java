package org.levin.engine.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.levin.engine.cuda.kernel.Precision;

class PrecisionChoiceTest {
  @Test
  void isTf32UnlessAnotherIsAskedFor() {
    assertEquals(new PrecisionChoice.Chosen(Precision.TF32), PrecisionChoice.choose(""));
    assertEquals(new PrecisionChoice.Chosen(Precision.FP32), PrecisionChoice.choose("fp32"));
    assertEquals(new PrecisionChoice.Chosen(Precision.TF32), PrecisionChoice.choose("tf32"));
    assertEquals(new PrecisionChoice.Chosen(Precision.BF16), PrecisionChoice.choose("bf16"));
  }

  @Test
  void refusesANameOfNoPrecision() {
    for (String garbage : new String[] {"fp16", "TF32", " bf16", "half"}) {
      assertEquals(
          new PrecisionChoice.Impossible(
              "levin.cuda.precision=" + garbage + " names no precision",
              "use one of fp32, tf32, bf16, or leave it out for tf32"),
          PrecisionChoice.choose(garbage));
    }
  }
}

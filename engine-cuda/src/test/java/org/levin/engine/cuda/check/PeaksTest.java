package org.levin.engine.cuda.check;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.levin.engine.cuda.driver.DeviceAttributes;

class PeaksTest {
  private static final DeviceAttributes ATTRIBUTES = new DeviceAttributes(132, 1e9, 2e9, 1024);

  @ParameterizedTest
  @CsvSource({
    "NVIDIA H200,4.8,495",
    "NVIDIA H200 NVL,4.8,418",
    "NVIDIA H100 80GB HBM3,3.35,495",
    "NVIDIA H100 PCIe,2.0,378",
    "NVIDIA H100 NVL,3.9,418",
    "NVIDIA A100-SXM4-80GB,2.039,156",
    "NVIDIA A100 80GB PCIe,1.935,156",
    "NVIDIA A100-SXM4-40GB,1.555,156",
    "NVIDIA L40S,0.864,183"
  })
  void areThoseOfTheDataSheet(String name, double terabytes, double tf32) {
    Peaks peaks = Peaks.of(name, ATTRIBUTES);
    assertEquals(terabytes * 1e12, peaks.bytes());
    assertEquals(tf32 * 1e12, peaks.operations("productTf32"));
  }

  /** Another device with the name in its own, and a slice of one. */
  @ParameterizedTest
  @CsvSource({"NVIDIA GH200 480GB", "NVIDIA H200 MIG 1g.18gb", "NVIDIA RTX A1000"})
  void areEstimatedForOthers(String name) {
    Peaks peaks = Peaks.of(name, ATTRIBUTES);
    assertEquals(2.0 * 128 * 132 * 1e9, peaks.fp32());
    assertEquals(0, peaks.tf32());
    assertEquals(2.0 * 2e9 * 1024 / 8, peaks.bytes());
  }

  @Test
  void theNameOfAKernelTellsWhatItMayUse() {
    Peaks peaks = new Peaks(1, 2, 3, 4, "");
    assertEquals(1, peaks.operations("product"));
    assertEquals(2, peaks.operations("recurrentForwardTf32"));
    assertEquals(3, peaks.operations("productBf16"));
  }
}

package org.levin.hostile;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

class PyTorchWeightsFuzzTest {
  private static final FuzzedReader READER = FuzzedReader.named("PyTorch weights");

  static Stream<byte[]> seeds() {
    return READER.seeds();
  }

  @MethodSource("seeds")
  @FuzzTest
  void refusesOrReadsSoundly(byte[] file) {
    READER.read(file);
  }
}

package org.levin.hostile;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

class StudyFuzzTest {
  private static final FuzzedReader READER = FuzzedReader.of(HostileStudies.reader());

  static Stream<byte[]> seeds() {
    return READER.seeds();
  }

  @MethodSource("seeds")
  @FuzzTest
  void refusesOrReadsSoundly(byte[] file) {
    READER.read(file);
  }
}

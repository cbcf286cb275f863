package org.levin.provenance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.levin.text.Source;
import org.levin.training.TrainingCorpus;

class TrainingRecordTest {

  @Test
  void takesOnlyOptionsThatAProvenanceCanHold() {
    Map<String, Object> options = new HashMap<>();
    for (Object value : new Object[] {1.5f, 'c', List.of(), null}) {
      options.put("strange", value);
      IllegalArgumentException exception =
          assertThrows(
              IllegalArgumentException.class,
              () -> Records.record(options, OptionalDouble.empty()));
      assertTrue(exception.getMessage().contains("strange"), exception::getMessage);
    }
  }

  @Test
  void keepsTheOrderOfItsOwnOptions() {
    Map<String, Object> options = Records.options();
    TrainingRecord record = Records.record(options, OptionalDouble.empty());
    options.clear();
    assertEquals(
        List.of("layers", "seed", "dropout", "shuffled", "engine"),
        List.copyOf(record.configuration().keySet()));
  }

  @Test
  void refusesImpossibleFacts() {
    String digest = Records.SHA256;
    List<Source> none = List.of();
    refuses(() -> new Source("a", -1, digest));
    refuses(() -> new Source("a", 1, digest.toUpperCase(Locale.ROOT)));
    refuses(() -> new Source("a", 1, digest + "0"));
    refuses(() -> new TrainingCorpus(none, 0, 0, 0, "0123abcd", 1, digest));
    refuses(() -> new TrainingCorpus(none, 9, 10, 0, "0123abcd", 1, digest));
    refuses(() -> new TrainingCorpus(none, 9, 5, 5, "0123abcd", 1, digest));
    refuses(() -> new TrainingCorpus(none, 9, 1, Long.MAX_VALUE, "0123abcd", 1, digest));
    refuses(() -> new TrainingCorpus(none, 9, 9, 0, "0123abcd", 0, digest));
    refuses(() -> new TrainingCorpus(none, 9, 9, 0, "0123abcd", 1, ""));
    refuses(() -> new TrainingCorpus(none, 9, 9, 0, "0123ABCD", 1, digest));
    refuses(() -> new TrainingRecord.Engine("cpu", "1", 0));
  }

  @Test
  void isLoadedWithoutTribuo() throws IOException, ReflectiveOperationException {
    URL levin = TrainingRecord.class.getProtectionDomain().getCodeSource().getLocation();
    try (URLClassLoader levinAlone =
        new URLClassLoader(new URL[] {levin}, ClassLoader.getPlatformClassLoader())) {
      Class<?> alone = Class.forName(TrainingRecord.class.getName(), true, levinAlone);
      assertEquals(10, alone.getRecordComponents().length);
      assertThrows(
          ClassNotFoundException.class,
          () -> levinAlone.loadClass("org.tribuo.provenance.ModelProvenance"));
    }
  }

  private static void refuses(Executable making) {
    assertThrows(IllegalArgumentException.class, making);
  }
}

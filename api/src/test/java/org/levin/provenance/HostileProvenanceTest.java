package org.levin.provenance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.oracle.labs.mlrg.olcut.config.json.JsonProvenanceSerialization;
import com.oracle.labs.mlrg.olcut.provenance.impl.ConfiguredObjectProvenanceImpl;
import com.oracle.labs.mlrg.olcut.provenance.primitives.EnumProvenance;
import com.oracle.labs.mlrg.olcut.provenance.primitives.IntProvenance;
import com.oracle.labs.mlrg.olcut.provenance.primitives.StringProvenance;
import com.oracle.labs.mlrg.olcut.provenance.primitives.URLProvenance;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tribuo.provenance.ModelProvenance;

class HostileProvenanceTest {
  private static final String IO = "com.oracle.labs.mlrg.olcut.provenance.io.";
  private static final String OBJECT = ConfiguredObjectProvenanceImpl.class.getName();

  private final String sound = ModelProvenances.toJson(ModelProvenances.of(Records.record()));

  @Test
  void loadsNoClassThatATextNames() {
    String name = "org.levin.provenance.Tripwire";
    refuses(name + ", which is not read", sound.replace(ModelProvenance.class.getName(), name));
    refuses(name + ", which is not read", sound.replace(OBJECT, name));
    refuses("which is not read", sound.replace(StringProvenance.class.getName(), name));
    String text = "\"" + StringProvenance.class.getName() + "\",\"additional\":\"\"";
    String enumeration = "\"" + EnumProvenance.class.getName() + "\",\"additional\":\"";
    assertTrue(sound.contains(text));
    refuses("which is not read", sound.replace(text, enumeration + name + "\""));
    assertNull(System.getProperty(Tripwire.LOADED));
    new Tripwire(Map.of());
    assertNotNull(System.getProperty(Tripwire.LOADED), "the trap itself must work");
  }

  @Test
  void refusesValuesThatAskTheNetworkWhetherTheyAreEqual() {
    refuses(
        "which is not read",
        sound.replace(StringProvenance.class.getName(), URLProvenance.class.getName()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "null",
        "7",
        "{}",
        "[]",
        "[7]",
        "[null]",
        "[[]]",
        "[{}]",
        "x",
        "[",
        "\"text\"",
        "[{\"marshalled-class\":7}]",
        "[{\"marshalled-class\":null}]"
      })
  void refusesJsonOfAnotherForm(String json) {
    refuses("provenance", json);
  }

  @Test
  void refusesDeepOrLongOrTrailingOrDoubledJson() {
    refuses("provenance", "[".repeat(100_000));
    refuses("provenance", "[{\"map\":".repeat(100_000));
    refuses("too long", " ".repeat(1 << 24) + "[]");
    refuses("provenance", sound + "[]");
    refuses("Duplicate", sound.replace("\"is-reference\":false", "\"key\":\"a\",\"key\":\"b\""));
  }

  @Test
  void refusesWhatIsNotTheProvenanceOfAModel() {
    refuses("of a model is expected", "[" + object("a", "") + "]");
  }

  @ParameterizedTest
  @CsvSource({
    "IntProvenance,1e3",
    "IntProvenance,2147483648",
    "IntProvenance,''",
    "LongProvenance,9223372036854775808",
    "DoubleProvenance,one",
    "BooleanProvenance,yes",
    "BooleanProvenance,TRUE",
    "DateTimeProvenance,yesterday",
    "DateTimeProvenance,''",
  })
  void refusesValuesThatAreNone(String type, String value) {
    String prefix = IntProvenance.class.getPackageName() + ".";
    String json = "[" + object("a", field("f", value, prefix + type, false)) + "]";
    refuses("'" + value + "'", json);
  }

  @Test
  void refusesRecordsThatLackAField() {
    for (String field :
        List.of(
            "class-name",
            "host-short-name",
            "train-invocation-count",
            "tribuo-version",
            "datasource",
            "num-examples",
            "trained-at",
            "instance-values",
            "trainer")) {
      String without = sound.replace("\"" + field + "\":{", "\"other\":{");
      assertNotEquals(sound, without);
      refuses("lacks something", without);
    }
  }

  @Test
  void refusesReferencesToNothingToItselfAndInCircles() {
    refuses("no provenance object", "[" + object("a", reference("f", "b")) + "]");
    refuses("circle", "[" + object("a", reference("f", "a")) + "]");
    refuses(
        "circle",
        "[" + object("a", reference("f", "b")) + "," + object("b", reference("f", "a")) + "]");
    refuses("nothing refers to", "[" + object("a", "") + "," + object("b", "") + "]");
    refuses("two provenance objects", "[" + object("a", "") + "," + object("a", "") + "]");
  }

  @Test
  void refusesObjectsThatMultiply() {
    StringBuilder json = new StringBuilder("[");
    for (int i = 0; i < 50; i++) {
      String next = "o" + (i + 1);
      json.append(object("o" + i, reference("f", next) + "," + reference("g", next)));
      json.append(',');
    }
    refuses("too many values", json.append(object("o50", "")).append("]").toString());
  }

  @Test
  void refusesChainsOfObjectsWithoutEnd() {
    StringBuilder json = new StringBuilder("[");
    for (int i = 0; i < 10_000; i++) {
      json.append(object("o" + i, reference("f", "o" + (i + 1)))).append(',');
    }
    refuses("too deep", json.append(object("o10000", "")).append("]").toString());
  }

  @Test
  void keepsMessagesShort() {
    refuses("not read", sound.replace(OBJECT, "x".repeat(1_000_000)));
  }

  @Test
  void agreesWithOlcutOnEveryMutantOrRefusesIt() throws Exception {
    long seed = 20260102;
    Random random = new Random(seed);
    List<String> tokens = List.of(sound.split("(?=[\"{}\\[\\]:,])|(?<=[\"{}\\[\\]:,])"));
    int read = 0;
    for (int i = 0; i < 3_000; i++) {
      String mutant = mutant(tokens, random);
      try {
        ModelProvenance provenance = ModelProvenances.fromJson(mutant);
        assertEquals(
            new JsonProvenanceSerialization(false).deserializeAndUnmarshal(mutant), provenance);
        read++;
      } catch (IllegalArgumentException expected) {
        assertTrue(expected.getMessage().length() < 2_000, "seed " + seed + ", mutant " + i);
      }
    }
    assertTrue(read > 10, "too few mutants are sound to prove anything: " + read);
  }

  /** Puts another token of the text in the place of one. */
  private static String mutant(List<String> tokens, Random random) {
    String[] mutant = tokens.toArray(String[]::new);
    for (int edits = random.nextInt(1, 3); edits > 0; edits--) {
      int at = random.nextInt(mutant.length);
      String other = tokens.get(random.nextInt(tokens.size()));
      boolean alike = other.length() > 1 == mutant[at].length() > 1;
      mutant[at] = alike || random.nextInt(10) == 0 ? other : "null";
    }
    return String.join("", mutant);
  }

  private static String object(String name, String fields) {
    String text = StringProvenance.class.getName();
    return """
        {"marshalled-class":"%sObjectMarshalledProvenance","object-name":"%s",
        "object-class-name":"x","provenance-class":"%s","map":{%s,%s%s%s}}"""
        .formatted(
            IO,
            name,
            OBJECT,
            field("class-name", "x", text, false),
            field("host-short-name", "x", text, false),
            fields.isEmpty() ? "" : ",",
            fields);
  }

  private static String reference(String key, String name) {
    return field(key, name, OBJECT, true);
  }

  private static String field(String key, String value, String type, boolean reference) {
    return """
        "%s":{"marshalled-class":"%sSimpleMarshalledProvenance","key":"%s","value":"%s",
        "provenance-class":"%s","additional":"","is-reference":%b}"""
        .formatted(key, IO, key, value, type, reference);
  }

  private static void refuses(String because, String json) {
    IllegalArgumentException exception =
        assertThrows(IllegalArgumentException.class, () -> ModelProvenances.fromJson(json));
    assertTrue(exception.getMessage().contains(because), exception::getMessage);
    assertTrue(exception.getMessage().length() < 2_000);
  }
}

package org.levin.tuning.space;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Search spaces as users write them, rightly and wrongly. */
class SpaceTextTest {

  static Stream<Arguments> good() {
    return Stream.of(
        Arguments.of("hidden=64..512/64", Parameter.integer("hiddenSize", 64, 512).step(64)),
        Arguments.of("hiddenSize=64..500/64", Parameter.integer("hiddenSize", 64, 500).step(64)),
        Arguments.of("--hidden=64", Parameter.fixed("hiddenSize", 64)),
        Arguments.of("batch=16|32|64", Parameter.choice("batchSize", 16, 32, 64)),
        Arguments.of("sequence=32..128", Parameter.integer("sequenceLength", 32, 128)),
        Arguments.of(
            "learning-rate=1e-4..1e-2 log", Parameter.real("learningRate", 1e-4, 1e-2).log()),
        Arguments.of(
            "learningRate = 1e-4..1e-2  log", Parameter.real("learningRate", 1e-4, 1e-2).log()),
        Arguments.of("learning-rate=1..2", Parameter.real("learningRate", 1, 2)),
        Arguments.of("clip-norm=1|5", Parameter.choice("clipNorm", 1.0, 5.0)),
        Arguments.of("dropout=0", Parameter.fixed("dropout", 0.0)),
        Arguments.of("dropout=0..1", Parameter.real("dropout", 0, 1)),
        Arguments.of("dropout=0|0.25|0.5", Parameter.choice("dropout", 0.0, 0.25, 0.5)),
        Arguments.of(
            " schedule=constant|cosine\n", Parameter.choice("schedule", "constant", "cosine")),
        Arguments.of("x=.5..+2", Parameter.real("x", 0.5, 2)),
        Arguments.of("x=-3..-1", Parameter.integer("x", -3, -1)),
        Arguments.of("x=7..7", Parameter.integer("x", 7, 7)),
        Arguments.of("x=9223372036854775807", Parameter.fixed("x", Long.MAX_VALUE)),
        Arguments.of(
            "hidden=32..512/32 log", Parameter.integer("hiddenSize", 32, 512).step(32).log()));
  }

  @ParameterizedTest
  @MethodSource("good")
  void readsWhatItSays(String text, Parameter expected) {
    SearchSpace space = SearchSpace.parse(text);
    assertEquals(List.of(expected), space.parameters());
    assertEquals(space, SearchSpace.parse(space.toTexts().toArray(String[]::new)));
  }

  static Stream<Arguments> bad() {
    return Stream.of(
        Arguments.of("", "a name, '=' and values are expected"),
        Arguments.of("   ", "a name, '=' and values are expected"),
        Arguments.of("hidden", "a name, '=' and values are expected"),
        Arguments.of("=1..2", "a name, '=' and values are expected"),
        Arguments.of("x=", "a name, '=' and values are expected"),
        Arguments.of("x=1..2 lig", "a name, '=' and values are expected"),
        Arguments.of("x=1..2 log log", "a name, '=' and values are expected"),
        Arguments.of("x=1..2 if layers", "a name, '=' and values are expected"),
        Arguments.of("1x=1..2", "a name, '=' and values are expected"),
        Arguments.of("größe=1..2", "a name, '=' and values are expected"),
        Arguments.of("parameters<=1e6", "a name, '=' and values are expected"),
        Arguments.of("warm-up=1..2", "named by up to 64 letters and digits"),
        Arguments.of("x" + "y".repeat(64) + "=1", "named by up to 64 letters and digits"),
        Arguments.of("x=2..1", "the range 2..1 is empty"),
        Arguments.of("x=0.2..0.1", "the range 0.2..0.1 is empty"),
        Arguments.of("x=0.1..0.1", "the range 0.1..0.1 is empty"),
        Arguments.of("x=0..1 log", "must begin above 0, but begins at 0"),
        Arguments.of("x=-1.5..1 log", "must begin above 0, but begins at -1.5"),
        Arguments.of("x=1|2 log", "only ranges are logarithmic"),
        Arguments.of("x=1|a", "among numbers or among texts, not both"),
        Arguments.of("x=1|2|1", "a value twice"),
        Arguments.of("dropout=0|0.0", "a value twice"),
        Arguments.of("x=0.0|-0.0", "a value twice"),
        Arguments.of("x=1||2", "\"\" is no number"),
        Arguments.of("x=1..2/0", "the step of a range must be at least 1, but was 0"),
        Arguments.of("x=1..2/-1", "is no number"),
        Arguments.of("x=1..2/0.5", "is no number"),
        Arguments.of("x=1.5..2/1", "only whole numbers have steps"),
        Arguments.of("dropout=0..10/2", "dropout is no whole number"),
        Arguments.of("x=1..", "\"1..\" is no number"),
        Arguments.of("x=..2", "\"..2\" is no number"),
        Arguments.of("x=a..b", "\"a\" is no number"),
        Arguments.of("x=1..9223372036854775807", "has too many numbers"),
        Arguments.of("x=-9223372036854775808..9223372036854775807", "has too many numbers"),
        Arguments.of("x=1..9223372036854775808", "is too large for a whole number"),
        Arguments.of("x=1..2000000000000/1000 log", "must end at 1099511627776 at most"),
        Arguments.of("x=1..2/999999999999999999999", "is no number"),
        Arguments.of("x=1e999", "\"1e999\" must be a finite number"),
        Arguments.of("x=1..1e999", "\"1e999\" must be a finite number"),
        Arguments.of("x=-1e308..1e308", "is too long"),
        Arguments.of("x=NaN", "\"NaN\" is no number"),
        Arguments.of("x=NaN..1", "\"NaN\" is no number"),
        Arguments.of("x=0..Infinity", "\"Infinity\" is no number"),
        Arguments.of("x=0x10p1", "is no number"),
        Arguments.of("x=1d..2f", "is no number"),
        Arguments.of("x=1,2", "\"1,2\" is no number"),
        Arguments.of("x=a\u001b[31m", "is no number"),
        Arguments.of("parameters<=5MB", "parameters are counted without a unit"),
        Arguments.of("parameters<=0", "parameters must be at least 1"),
        Arguments.of("memory<=0KB", "memory must be at least 1"),
        Arguments.of("memory<=999999999999999999GB", "more than any machine has"));
  }

  @ParameterizedTest
  @MethodSource("bad")
  void quotesWhatItCannotReadAndSaysWhatIsExpected(String text, String reason) {
    String message =
        assertThrows(IllegalArgumentException.class, () -> SearchSpace.parse("layers=1|2", text))
            .getMessage();
    String quoted = text.replace('\u001b', '?');
    assertTrue(message.startsWith("\"" + quoted + "\" cannot be read: "), message);
    assertTrue(message.contains(reason), message);
    assertTrue(message.contains("hiddenSize=64..512/64"), message);
  }

  @Test
  void quotesNoMoreThanFitsOnAScreenAndNoControlCharacters() {
    for (String text :
        List.of(
            "x=" + "9".repeat(100_000),
            "x=1.." + "9".repeat(100_000),
            "x=" + "9".repeat(9_000) + "..2",
            "x=" + "..".repeat(4_000) + "|",
            "x=" + "a|".repeat(4_000) + "a",
            "y".repeat(100_000),
            "x=1\n\u001b[2Jlevin: all is well\r\n",
            "x\u202e=1")) {
      String message =
          assertThrows(IllegalArgumentException.class, () -> SearchSpace.parse(text)).getMessage();
      assertTrue(message.length() < 1_500, () -> message.length() + " characters");
      assertTrue(
          message.codePoints().noneMatch(c -> Character.isISOControl(c) || c == 0x202e), message);
    }
  }

  @Test
  void namesAParameterThatIsGivenTwice() {
    assertTrue(failure("layers=1", "layers=2").contains("layers is given twice"));
    assertTrue(failure("hidden=1", "hiddenSize=2").contains("hiddenSize is given twice"));
  }

  @Test
  void aConditionLooksBackAtAValueThatThereIs() {
    assertTrue(
        failure("dropout=0..0.5 if layers=2")
            .contains("dropout depends on layers, which must be given before it"));
    assertTrue(
        failure("dropout=0..0.5 if dropout=0").contains("dropout depends on dropout, which must"));
    assertTrue(
        failure("layers=1|2", "dropout=0..0.5 if layers=2|3")
            .contains("dropout depends on layers=3, but 3 is none of 1|2"));
    assertTrue(failure("layers=1..3", "dropout=0..0.5 if layers=a").contains("a is none of 1..3"));
    assertTrue(failure("x=a|b", "y=1 if x=1").contains("1 is none of a|b"));
  }

  @Test
  void aSpaceOfRequirementsAloneIsNone() {
    assertTrue(failure("parameters<=5").contains("needs a parameter"));
    assertTrue(failure().contains("needs a parameter"));
  }

  private static String failure(String... texts) {
    return assertThrows(IllegalArgumentException.class, () -> SearchSpace.parse(texts))
        .getMessage();
  }

  @Test
  void readsUnitsOfMemory() {
    assertEquals(
        List.of(
            "memory<=512",
            "memory<=2048",
            "memory<=3145728",
            "memory<=4294967296",
            "parameters<=2000000"),
        SearchSpace.parse(
                "x=1",
                "memory<=512",
                "memory <= 2KB",
                "memory<=3MB",
                "memory<=4GB",
                "parameters<=2000000")
            .requirements()
            .stream()
            .map(Object::toString)
            .toList());
  }
}

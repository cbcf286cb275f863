package org.levin.tuning.space;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.levin.training.TrainingOptions;

/** Points, configurations, conditions among parameters, and spaces made of spaces. */
class SearchSpaceTest {
  private static final SearchSpace CHAIN =
      SearchSpace.parse(
          "a=x|y", "b=1..4 if a=y", "c=0.5|1|2 if b=3|4", "d=10..20 if c=1|2", "e=1..2");

  @Test
  void aParameterIsAbsentExactlyWhereItDoesNotCount() {
    Random random = new Random(1);
    int[] lengths = new int[6];
    for (int i = 0; i < 2_000; i++) {
      Configuration one = CHAIN.at(random.doubles(5).toArray());
      boolean b = one.value("a").orElseThrow().equals("y");
      boolean c = b && (Long) one.value("b").orElseThrow() >= 3;
      boolean d = c && (Double) one.value("c").orElseThrow() >= 1;
      assertEquals(b, one.value("b").isPresent(), one::toString);
      assertEquals(c, one.value("c").isPresent(), one::toString);
      assertEquals(d, one.value("d").isPresent(), one::toString);
      assertTrue(one.value("e").isPresent());
      assertEquals(one, CHAIN.at(CHAIN.pointOf(one)));
      lengths[one.values().size()]++;
    }
    for (int length = 2; length <= 5; length++) {
      assertTrue(lengths[length] > 50, length + " values");
    }
  }

  @Test
  void aConditionOnARealHoldsForAWholeNumberToo() {
    SearchSpace space =
        SearchSpace.of(
            Parameter.choice("dropout", 0, 0.5),
            Parameter.integer("x", 1, 2).when("dropout", 0),
            Parameter.choice("z", 1.5, 2.0),
            Parameter.integer("y", 1, 2).when("z", 2));
    assertEquals(
        Map.of("dropout", 0.0, "x", 1L, "z", 2.0, "y", 1L),
        space.at(new double[] {0, 0, 0.9, 0}).values());
    assertEquals(space, SearchSpace.parse(space.toTexts().toArray(String[]::new)));
  }

  @Test
  void aParameterThatDoesNotCountLiesInTheMiddle() {
    assertArrayEquals(
        new double[] {0.25, 0.5, 0.5, 0.5, 0.75},
        CHAIN.pointOf(new Configuration(Map.of("a", "x", "e", 2))));
  }

  @Test
  void configurationsOfAnotherSpaceAreRefused() {
    assertRefused(Map.of("a", "x"), "e has no value in a=x");
    assertRefused(Map.of("a", "z", "e", 1), "a: z is none of x|y");
    assertRefused(Map.of("a", "x", "b", 1, "e", 1), "b has a value where it does not count");
    assertRefused(Map.of("a", "x", "e", 1, "f", 1), "no parameters [f]");
    assertRefused(Map.of("a", "x", "e", 1.5), "e: 1.5 is none of 1..2");
    assertRefused(Map.of("a", "x", "e", 3), "e: 3 is none of 1..2");
  }

  private static void assertRefused(Map<String, Object> values, String reason) {
    String message =
        assertThrows(IllegalArgumentException.class, () -> CHAIN.pointOf(new Configuration(values)))
            .getMessage();
    assertTrue(message.contains(reason), message);
  }

  @Test
  void aPointHasAPlaceForEachParameter() {
    assertThrows(IllegalArgumentException.class, () -> CHAIN.at(new double[4]));
    assertThrows(IllegalArgumentException.class, () -> CHAIN.at(new double[6]));
    assertThrows(IllegalArgumentException.class, () -> CHAIN.at(new double[] {0, 0, 0, 0, 1}));
  }

  @Test
  void anotherSpaceReplacesParametersOfItsNamesAndAddsTheOthers() {
    SearchSpace space =
        SearchSpace.parse("layers=1..2", "dropout=0..0.5 if layers=2", "memory<=1GB")
            .with("layers=2|3", "batch=8", "parameters<=1000");
    assertEquals(
        List.of(
            "layers=2|3",
            "dropout=0.0..0.5 if layers=2",
            "batchSize=8",
            "memory<=1073741824",
            "parameters<=1000"),
        space.toTexts());
    assertThrows(
        IllegalArgumentException.class,
        () -> SearchSpace.parse("layers=1..2", "dropout=0..0.5 if layers=2").with("layers=1"));
  }

  @Test
  void anOptionThatIsARealNumberTakesWholeNumbersAsReals() {
    assertEquals(List.of(0.0, 1.0), ((Choice) Parameter.choice("dropout", 0, 1).domain()).values());
    assertEquals(new RealRange(1, 5, true), Parameter.integer("clipNorm", 1, 5).log().domain());
    assertEquals(List.of(1L), ((Choice) Parameter.fixed("layers", 1).domain()).values());
    assertThrows(IllegalArgumentException.class, () -> Parameter.integer("dropout", 0, 1).step(1));
  }

  @Test
  void aTextThatWouldReadAsSomethingElseIsNoValue() {
    for (String text : List.of("1", "", "a b", "a|b", "a..b", "NaN", "Infinity", "a\n", "é")) {
      assertThrows(IllegalArgumentException.class, () -> Parameter.fixed("x", text), text);
    }
    assertThrows(IllegalArgumentException.class, () -> Parameter.fixed("x", true));
    assertThrows(IllegalArgumentException.class, () -> Parameter.fixed("x", Double.NaN));
    assertThrows(IllegalArgumentException.class, () -> Parameter.choice("x"));
  }

  @Test
  void oneValueIsFixedHoweverItIsWritten() {
    assertTrue(Parameter.fixed("x", 5).isFixed());
    assertTrue(Parameter.integer("x", 5, 5).isFixed());
    assertTrue(Parameter.integer("x", 5, 9).step(5).isFixed());
    assertFalse(Parameter.integer("x", 5, 6).isFixed());
    assertFalse(Parameter.real("x", 5, 6).isFixed());
  }

  @Test
  void theDefaultsCanBeSearched() {
    SearchSpace space = SearchSpace.defaults();
    space.requireOptions(TrainingOptions.defaults());
    assertEquals(space, SearchSpace.parse(space.toTexts().toArray(String[]::new)));
    Random random = new Random(2);
    Requirement.Context context =
        new Requirement.Context(TrainingOptions.defaults(), OptionalInt.empty());
    for (int i = 0; i < 200; i++) {
      Configuration one = space.at(random.doubles(space.parameters().size()).toArray());
      one.applyTo(TrainingOptions.defaults());
      assertTrue(space.allows(one, context));
    }
  }

  @Test
  void laterChangesOfListsAndMapsChangeNothing() {
    List<Parameter> parameters = new java.util.ArrayList<>(List.of(Parameter.fixed("x", 1)));
    SearchSpace space = new SearchSpace(parameters, List.of());
    parameters.clear();
    assertEquals(List.of("x=1"), space.toTexts());
    assertThrows(
        UnsupportedOperationException.class, () -> space.at(new double[1]).values().clear());
  }
}

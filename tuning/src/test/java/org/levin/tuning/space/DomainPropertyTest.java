package org.levin.tuning.space;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** Places in [0,1) and the values that lie there. */
class DomainPropertyTest {
  private static final double LAST = Math.nextDown(1.0);

  @Provide
  Arbitrary<Double> places() {
    return Arbitraries.frequencyOf(
        Tuple.of(8, Arbitraries.doubles().between(0, true, 1, false)),
        Tuple.of(1, Arbitraries.of(0.0, Double.MIN_VALUE, 0.5, LAST)));
  }

  @Provide
  Arbitrary<IntegerRange> integers() {
    Arbitrary<Long> low =
        Arbitraries.oneOf(
            Arbitraries.longs().between(-1_000, 1_000),
            Arbitraries.longs().between(Long.MIN_VALUE, Long.MAX_VALUE),
            Arbitraries.of(Long.MIN_VALUE, 0L, 1L, Long.MAX_VALUE - 1, Long.MAX_VALUE));
    Arbitrary<Long> widths =
        Arbitraries.oneOf(
            Arbitraries.of(0L, 1L, 2L),
            Arbitraries.longs().between(0, 1_000),
            Arbitraries.longs().between(0, 1L << 40));
    return Combinators.combine(low, widths, steps(), Arbitraries.of(true, false))
        .as(
            (from, width, step, log) -> {
              long start = log ? Math.floorMod(from, 1L << 38) + 1 : from;
              long wide = Math.min(width, step * (Integer.MAX_VALUE - 1L));
              long most = log ? (1L << 40) - start : Long.MAX_VALUE - Math.max(start, 0);
              return new IntegerRange(start, start + Math.min(wide, most), step, log);
            });
  }

  private static Arbitrary<Long> steps() {
    return Arbitraries.oneOf(
        Arbitraries.just(1L),
        Arbitraries.longs().between(1, 100),
        Arbitraries.longs().greaterOrEqual(1).lessOrEqual(1L << 31));
  }

  @Provide
  Arbitrary<RealRange> reals() {
    Arbitrary<Double> ends =
        Arbitraries.oneOf(
            Arbitraries.doubles().between(-2, 2),
            Arbitraries.doubles().between(-1e-6, 1e-6).ofScale(12),
            Arbitraries.doubles().between(-1e300, 1e300).ofScale(0));
    return Combinators.combine(ends, ends, Arbitraries.of(true, false))
        .filter((a, b, log) -> log ? a != 0 && b != 0 && Math.abs(a) != Math.abs(b) : !a.equals(b))
        .as(
            (a, b, log) -> {
              double low = log ? Math.min(Math.abs(a), Math.abs(b)) : Math.min(a, b);
              double high = log ? Math.max(Math.abs(a), Math.abs(b)) : Math.max(a, b);
              return new RealRange(low, high, log);
            });
  }

  @Property(seed = "20260101", edgeCases = EdgeCasesMode.NONE)
  void everyPlaceHasAWholeNumberOfTheRange(
      @ForAll("integers") IntegerRange range, @ForAll("places") double place) {
    long value = (Long) range.at(place);
    assertTrue(value >= range.low() && value <= range.high());
    assertEquals(0, (value - range.low()) % range.step());
  }

  @Property(seed = "20260101", edgeCases = EdgeCasesMode.NONE)
  void aWholeNumberIsFoundAtItsPlace(
      @ForAll("integers") IntegerRange range, @ForAll("places") double place) {
    Object value = range.at(place);
    double own = range.placeOf(value);
    assertTrue(own >= 0 && own < 1);
    assertEquals(value, range.at(own));
    assertEquals(range.ends().getFirst(), range.at(range.placeOf(range.ends().getFirst())));
    assertEquals(range.ends().getLast(), range.at(range.placeOf(range.ends().getLast())));
  }

  @Property(seed = "20260101", edgeCases = EdgeCasesMode.NONE)
  void everyPlaceHasARealNumberOfTheRange(
      @ForAll("reals") RealRange range, @ForAll("places") double place) {
    double value = (Double) range.at(place);
    assertTrue(value >= range.low() && value <= range.high());
  }

  @Property(seed = "20260101", edgeCases = EdgeCasesMode.NONE)
  void aRoundedRealIsFoundAtItsPlace(
      @ForAll("reals") RealRange range, @ForAll("places") double place) {
    Object value = range.at(place);
    double own = range.placeOf(value);
    assertTrue(own >= 0 && own < 1);
    assertEquals(value, range.at(own));
  }

  @Property(seed = "20260101", edgeCases = EdgeCasesMode.NONE)
  void aRealIsNearItsPlace(@ForAll("reals") RealRange range, @ForAll("places") double place) {
    assertEquals(place, range.placeOf(range.at(place)), 1e-3);
  }

  @Property(seed = "20260101", edgeCases = EdgeCasesMode.NONE)
  void laterPlacesHaveNoSmallerNumbers(
      @ForAll("integers") IntegerRange integers,
      @ForAll("reals") RealRange reals,
      @ForAll("places") double one,
      @ForAll("places") double other) {
    double first = Math.min(one, other);
    double second = Math.max(one, other);
    assertTrue((Long) integers.at(first) <= (Long) integers.at(second));
    assertTrue((Double) reals.at(first) <= (Double) reals.at(second));
  }

  @Property(seed = "20260101", edgeCases = EdgeCasesMode.NONE, tries = 100)
  void everyNumberOfASmallRangeCanBeReached(@ForAll("integers") IntegerRange range) {
    long count = Math.min(150, (range.high() - range.low()) / range.step() + 1);
    long high = range.low() + (count - 1) * range.step();
    IntegerRange few = new IntegerRange(range.low(), high, range.step(), range.log());
    double before = -1;
    for (long i = 0; i < count; i++) {
      long value = few.low() + i * few.step();
      double place = few.placeOf(value);
      assertEquals(value, few.at(place), few + " at " + value);
      assertTrue(place > before, few + " at " + value);
      before = place;
    }
  }

  @Example
  void neighboursOfAFineGridOfPlacesAreNeighboursInTheRange() {
    for (IntegerRange range :
        List.of(
            new IntegerRange(3, 40, 1, false),
            new IntegerRange(64, 500, 64, false),
            new IntegerRange(1, 40, 1, true),
            new IntegerRange(32, 512, 32, true))) {
      List<Long> values =
          IntStream.range(0, 100_000).mapToObj(i -> (Long) range.at(i / 1e5)).toList();
      for (int i = 1; i < values.size(); i++) {
        long distance = values.get(i) - values.get(i - 1);
        assertTrue(distance == 0 || distance == range.step(), range + " at " + i);
      }
    }
  }

  /** Of 1, 2 and 4 the ends would have half of what is theirs, were they at the ends of [0,1). */
  @Example
  void anEndOfALogarithmicRangeHasAsMuchRoomAsItsFactorsGive() {
    IntegerRange range = new IntegerRange(1, 4, 1, true);
    long[] room = new long[5];
    for (int i = 0; i < 90_000; i++) {
      room[(int) (long) (Long) range.at(i / 9e4)]++;
    }
    assertEquals(90_000 * Math.log(1.5 / 0.5) / Math.log(9), room[1], 2);
    assertEquals(90_000 * Math.log(4.5 / 3.5) / Math.log(9), room[4], 2);
  }

  @Example
  void aStepThatDoesNotLeadToTheEndStopsBeforeIt() {
    IntegerRange range = new IntegerRange(64, 500, 64, false);
    assertEquals(List.of(64L, 448L), range.ends());
    assertEquals(448L, range.at(LAST));
    assertThrows(IllegalArgumentException.class, () -> range.placeOf(500));
    assertThrows(IllegalArgumentException.class, () -> range.placeOf(65));
    assertEquals(List.of(5L, 5L), new IntegerRange(5, 9, 10, false).ends());
  }

  @Property(seed = "20260101", edgeCases = EdgeCasesMode.NONE)
  void aChoiceIsFoundAtItsPlaceAndCanBeReached(@ForAll("values") Set<Long> values) {
    Choice choice = new Choice(List.copyOf(new TreeSet<>(values)));
    for (Object value : choice.values()) {
      assertEquals(value, choice.at(choice.placeOf(value)));
    }
    assertEquals(choice.values().getFirst(), choice.at(0));
    assertEquals(choice.values().getLast(), choice.at(LAST));
  }

  @Provide
  Arbitrary<Set<Long>> values() {
    return Arbitraries.longs().set().ofMinSize(1).ofMaxSize(40);
  }

  @Example
  void aValueOfAChoiceHasTheSameRoomAsTheOthers() {
    Choice choice = new Choice(List.of("a", "b", "c"));
    assertEquals(
        List.of(1_000L, 1_000L, 1_000L),
        LongStream.range(0, 3_000)
            .mapToObj(i -> choice.at(i / 3e3))
            .collect(Collectors.groupingBy(value -> value, TreeMap::new, Collectors.counting()))
            .values()
            .stream()
            .toList());
  }

  @Example
  void valuesAreRoundedToWhatPeopleCanRead() {
    assertEquals(0.0003162, new RealRange(1e-5, 1e-2, true).at(0.5));
    assertEquals(0.1235, new RealRange(0, 0.5, false).at(0.246913578));
    assertEquals(0.0, new RealRange(-1, 1, false).at(Math.nextUp(0.5)));
    assertEquals(0.999953, new RealRange(0.99991, 0.99999, false).at(0.53751));
  }

  @Example
  void noPlaceLiesOutsideOfTheUnitInterval() {
    for (Domain domain :
        List.of(
            new IntegerRange(1, 5, 1, false),
            new IntegerRange(1, 5, 1, true),
            new RealRange(1, 5, false),
            new Choice(List.of(1, 2)))) {
      for (double place : new double[] {-0.1, 1, 1e9, Double.NaN, Double.POSITIVE_INFINITY}) {
        assertThrows(
            IllegalArgumentException.class, () -> domain.at(place), () -> domain + " " + place);
      }
    }
  }

  @Example
  void valuesOfAnotherKindOrPlaceAreRefused() {
    IntegerRange integers = new IntegerRange(1, 5, 1, false);
    RealRange reals = new RealRange(1, 5, false);
    Choice texts = new Choice(List.of("a", "b"));
    Choice numbers = new Choice(List.of(0.5, 1));
    for (Object value : List.of(0, 6, 1.0, "a")) {
      assertThrows(IllegalArgumentException.class, () -> integers.placeOf(value));
    }
    for (Object value : List.of(0.99, 5.01, Double.NaN, "a")) {
      assertThrows(IllegalArgumentException.class, () -> reals.placeOf(value));
    }
    for (Object value : List.of("c", 1, 0.5)) {
      assertThrows(IllegalArgumentException.class, () -> texts.placeOf(value));
    }
    assertEquals(numbers.placeOf(1.0), numbers.placeOf(1));
    assertEquals(integers.placeOf(3L), integers.placeOf(3));
  }
}

package org.levin.tuning.space;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;

/** What holds for every space, with conditions among its parameters. */
class SpacePropertyTest {
  private static final List<String> NAMES =
      List.of("layers", "hiddenSize", "dropout", "learningRate", "schedule", "seed", "x", "y1");

  /** Shrinks with the seed that it is made of, and so not at all. */
  @Provide
  Arbitrary<SearchSpace> spaces() {
    return Arbitraries.longs().map(SpacePropertyTest::space);
  }

  private static SearchSpace space(long seed) {
    Random random = new Random(seed);
    List<Parameter> parameters = new ArrayList<>();
    for (String name : NAMES.subList(0, random.nextInt(1, NAMES.size() + 1))) {
      Parameter parameter = new Parameter(name, domain(name, random), java.util.Optional.empty());
      if (!parameters.isEmpty() && random.nextBoolean()) {
        Parameter other = parameters.get(random.nextInt(parameters.size()));
        Object[] values =
            random.doubles(random.nextInt(1, 4)).mapToObj(other.domain()::at).distinct().toArray();
        parameter = parameter.when(other.name(), values);
      }
      parameters.add(parameter);
    }
    return new SearchSpace(
        parameters,
        random.nextBoolean()
            ? List.of()
            : List.of(
                Requirement.memoryAtMost(random.nextLong(1, 1L << 50)),
                Requirement.parametersAtMost(random.nextLong(1, 1L << 50))));
  }

  private static Domain domain(String name, Random random) {
    long low = random.nextInt(1, 1_000);
    long high = low + random.nextInt(1_000);
    double real = random.nextDouble() * Math.pow(10, random.nextInt(-9, 9));
    boolean isReal = name.equals("dropout") || name.equals("learningRate");
    return switch (random.nextInt(isReal ? 1 : 0, 4)) {
      case 0 -> new IntegerRange(low, high, random.nextInt(1, 40), random.nextBoolean());
      case 1 -> new RealRange(real, real + random.nextDouble() + 1e-9, random.nextBoolean());
      case 2 -> new Choice(List.of(random.nextLong(), 7, -7));
      default ->
          random.nextBoolean() && !isReal
              ? new Choice(List.of("b", "a-1", "C_2.x", "log", "if"))
              : new Choice(List.of(real, 3, -1e-300, 2.5e300));
    };
  }

  @Property(seed = "20260101", tries = 500, shrinking = ShrinkingMode.OFF)
  void theTextsOfASpaceDescribeIt(@ForAll("spaces") SearchSpace space) {
    SearchSpace again = SearchSpace.parse(space.toTexts().toArray(String[]::new));
    assertEquals(space.parameters(), again.parameters());
    assertEquals(space.toTexts(), again.toTexts());
  }

  @Property(seed = "110", tries = 500, shrinking = ShrinkingMode.OFF)
  void everyPointHasAConfigurationThatLiesThere(
      @ForAll("spaces") SearchSpace space, @ForAll long seed) {
    double[] point = new Random(seed).doubles(space.parameters().size()).toArray();
    Configuration configuration = space.at(point);
    assertEquals(configuration, space.at(space.pointOf(configuration)));
    for (Parameter parameter : space.parameters()) {
      boolean counts =
          parameter.condition().isEmpty()
              || configuration
                  .value(parameter.condition().get().parameter())
                  .filter(parameter.condition().get().values()::contains)
                  .isPresent();
      assertEquals(counts, configuration.value(parameter.name()).isPresent(), parameter::toString);
    }
  }
}

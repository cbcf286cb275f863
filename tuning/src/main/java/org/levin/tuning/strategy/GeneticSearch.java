package org.levin.tuning.strategy;

import io.jenetics.DoubleChromosome;
import io.jenetics.DoubleGene;
import io.jenetics.Genotype;
import io.jenetics.Phenotype;
import io.jenetics.Selector;
import io.jenetics.TournamentSelector;
import io.jenetics.TruncationSelector;
import io.jenetics.UniformCrossover;
import io.jenetics.engine.Codec;
import io.jenetics.engine.Engine;
import io.jenetics.engine.EvolutionStart;
import io.jenetics.ext.moea.NSGA2Selector;
import io.jenetics.ext.moea.Vec;
import io.jenetics.util.DoubleRange;
import io.jenetics.util.ISeq;
import io.jenetics.util.RandomRegistry;
import io.jenetics.util.Seq;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.levin.tuning.space.Configuration;
import org.levin.tuning.trial.Objective;
import org.levin.tuning.trial.Trial;

/**
 * One generation after the other. Jenetics selects and alters; what it breeds is trained outside,
 * and comes back with the next call.
 */
final class GeneticSearch implements Strategy.Search {
  private static final double CROSSOVER = 0.6;
  private static final double SWAPPED = 0.5;
  private static final double MUTATED = 0.3;
  private static final double SIGMA = 0.15;
  private static final int TOURNAMENT = 2;

  /**
   * After so many broods the neighbourhood of the parents is known; the rest is drawn at random.
   */
  private static final int BROODS = 50;

  private final Strategy.Task task;
  private final int size;
  private final int parents;
  private final Codec<Configuration, DoubleGene> codec;

  GeneticSearch(Strategy.Task task, int size, int parents) {
    this.task = task;
    this.size = size;
    this.parents = parents;
    codec =
        Codec.of(
            Genotype.of(
                DoubleChromosome.of(new DoubleRange(0, 1), task.space().parameters().size())),
            genotype ->
                task.space().at(genotype.chromosome().as(DoubleChromosome.class).toArray()));
  }

  @Override
  public List<Configuration> next(List<Trial> soFar) {
    RandomGenerator random = Draws.generator(task.seed(), soFar.size());
    Set<Configuration> seen = soFar.stream().map(Trial::configuration).collect(Collectors.toSet());
    List<Configuration> group = new ArrayList<>();
    List<Trial> alive = soFar.stream().filter(trial -> trial.measurement().isPresent()).toList();
    if (soFar.isEmpty()) {
      spread(random, group);
    } else if (!alive.isEmpty()) {
      RandomRegistry.with(random).run(() -> breed(alive, seen, group));
    }
    while (group.size() < size && Draws.addNew(task, random, seen, group)) {
      // One more at random.
    }
    return List.copyOf(group);
  }

  /**
   * A Latin hypercube: on each axis the points stand in cells of their own.
   *
   * @see <a href="https://doi.org/10.1080/00401706.1979.10489755">McKay, Beckman &amp; Conover
   *     (1979)</a>
   */
  private void spread(RandomGenerator random, List<Configuration> group) {
    int places = task.space().parameters().size();
    double[][] points = new double[size][places];
    for (int place = 0; place < places; place++) {
      List<Integer> cells =
          IntStream.range(0, size).boxed().collect(Collectors.toCollection(ArrayList::new));
      java.util.Collections.shuffle(cells, random);
      for (int i = 0; i < size; i++) {
        points[i][place] = (cells.get(i) + random.nextDouble()) / size;
      }
    }
    for (double[] point : points) {
      addIfNew(task.space().at(point), Set.of(), group);
    }
  }

  private void addIfNew(
      Configuration configuration, Set<Configuration> seen, List<Configuration> group) {
    if (group.size() < size
        && !seen.contains(configuration)
        && !group.contains(configuration)
        && task.allowed().test(configuration)) {
      group.add(configuration);
    }
  }

  private void breed(List<Trial> alive, Set<Configuration> seen, List<Configuration> group) {
    Map<Integer, Double> losses = FinalLoss.estimates(task.rungs(), alive);
    if (task.objectives().size() == 1) {
      breed(
          alive.stream().map(trial -> phenotype(trial, losses.get(trial.number()))).toList(),
          new TruncationSelector<>(),
          Double.MAX_VALUE,
          seen,
          group);
    } else {
      breed(
          alive.stream()
              .map(trial -> phenotype(trial, values(trial, losses.get(trial.number()))))
              .toList(),
          NSGA2Selector.ofVec(),
          Vec.of(new double[task.objectives().size()]),
          seen,
          group);
    }
  }

  private Vec<double[]> values(Trial trial, double loss) {
    return Vec.of(
        task.objectives().stream()
            .mapToDouble(
                objective ->
                    objective == Objective.LOSS
                        ? loss
                        : trial.measurement().orElseThrow().value(objective))
            .toArray());
  }

  private <C extends Comparable<? super C>> Phenotype<DoubleGene, C> phenotype(
      Trial trial, C fitness) {
    DoubleRange range = new DoubleRange(0, 1);
    DoubleGene[] genes =
        java.util.Arrays.stream(task.space().pointOf(trial.configuration()))
            .mapToObj(place -> DoubleGene.of(place, range))
            .toArray(DoubleGene[]::new);
    return Phenotype.of(Genotype.of(DoubleChromosome.of(genes)), 1, fitness);
  }

  private <C extends Comparable<? super C>> void breed(
      List<Phenotype<DoubleGene, C>> known,
      Selector<DoubleGene, C> best,
      C unknown,
      Set<Configuration> seen,
      List<Configuration> group) {
    List<Configuration> brood = new ArrayList<>();
    Engine<DoubleGene, C> engine =
        new Engine.Builder<DoubleGene, C>(
                population -> withoutFitness(population, unknown, brood), codec.encoding())
            .minimizing()
            .populationSize(size)
            .offspringFraction(1)
            .offspringSelector(
                (population, count, optimize) ->
                    new TournamentSelector<DoubleGene, C>(TOURNAMENT)
                        .select(
                            best.select(population, Math.min(parents, population.size()), optimize),
                            count,
                            optimize))
            .alterers(
                new UniformCrossover<>(CROSSOVER, SWAPPED), new LocalMutator<>(MUTATED, SIGMA))
            .executor(Runnable::run)
            .build();
    for (int i = 0; i < BROODS && group.size() < size; i++) {
      brood.clear();
      engine.evolve(EvolutionStart.of(ISeq.of(known), 1));
      brood.forEach(configuration -> addIfNew(configuration, seen, group));
    }
  }

  /** Notes what was bred; what it is worth, nobody knows yet. */
  private <C extends Comparable<? super C>> ISeq<Phenotype<DoubleGene, C>> withoutFitness(
      Seq<Phenotype<DoubleGene, C>> population, C unknown, List<Configuration> brood) {
    return population.stream()
        .map(
            one -> {
              if (one.isEvaluated()) {
                return one;
              }
              brood.add(codec.decode(one.genotype()));
              return one.withFitness(unknown);
            })
        .collect(ISeq.toISeq());
  }
}

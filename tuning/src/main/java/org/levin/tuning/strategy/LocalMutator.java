package org.levin.tuning.strategy;

import io.jenetics.DoubleGene;
import io.jenetics.Mutator;
import java.util.random.RandomGenerator;

/**
 * Moves genes by a normally distributed distance from where they are, and back from the ends of
 * their range. (The Gaussian mutator of Jenetics draws anew from the whole range.)
 */
final class LocalMutator<C extends Comparable<? super C>> extends Mutator<DoubleGene, C> {
  private static final double LAST = Math.nextDown(1.0);

  private final double sigma;

  /**
   * Makes the mutator of genes in {@code [0,1)}.
   *
   * @param probability of moving a gene
   * @param sigma the standard deviation of the distance
   */
  LocalMutator(double probability, double sigma) {
    super(probability);
    this.sigma = sigma;
  }

  @Override
  protected DoubleGene mutate(DoubleGene gene, RandomGenerator random) {
    double moved = Math.abs(gene.allele() + sigma * random.nextGaussian());
    double back = moved > 1 ? 2 - moved : moved;
    return gene.newInstance(Math.clamp(back, 0, LAST));
  }
}

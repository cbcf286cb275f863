package org.levin.evaluation;

/**
 * A symbol of a text, and how likely a model finds it there, before any sampler.
 *
 * @param id its number in the vocabulary
 * @param logProbability the natural logarithm of its probability after all that stands before it
 * @param rank its place in order of probability: 1 for the most likely
 */
public record ScoredSymbol(int id, double logProbability, int rank) {}

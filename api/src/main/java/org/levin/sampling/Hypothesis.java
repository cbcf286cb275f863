package org.levin.sampling;

/**
 * A text that a beam search found.
 *
 * @param text without the prompt, and without the stop string that may have ended it
 * @param logProbability the natural logarithm of its probability, its ending by a stop string or a
 *     constraint included
 * @param score what texts are compared by; the higher the better
 * @param ending why it ended
 */
public record Hypothesis(String text, double logProbability, double score, Ending ending) {}

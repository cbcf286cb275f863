/**
 * From logits to text: a {@link org.levin.sampling.Sampler} reshapes the distribution, a {@link
 * org.levin.sampling.GenerationSession} carries the network's state, draws, and decodes; {@link
 * org.levin.sampling.BatchGeneration} does so for many texts at once, and {@link
 * org.levin.sampling.BeamSearch} looks for the likeliest. A sampler is a value that sees logits and
 * the symbols before them, and has no random numbers of its own. Knows engines, vocabularies,
 * constraints and distributions, no files, and nothing of training but its cancellation.
 */
package org.levin.sampling;

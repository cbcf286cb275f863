/**
 * From logits to text: a {@link org.levin.sampling.Sampler} reshapes the distribution, and a {@link
 * org.levin.sampling.GenerationSession} carries the network's state, draws, and decodes. A sampler
 * sees logits only, and has no state and no random numbers of its own. Knows engines and
 * vocabularies, not files or training.
 */
package org.levin.sampling;

package org.levin.engine;

/**
 * Adam's moments, one value a parameter in the order of {@link org.levin.model.Parameters}. The
 * arrays are handed over, not copied.
 *
 * @param firstMoment {@code m}
 * @param secondMoment {@code v}
 */
public record OptimizerState(float[] firstMoment, float[] secondMoment) {}

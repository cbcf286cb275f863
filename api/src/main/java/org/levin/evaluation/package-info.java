/**
 * How well a model knows a text: the {@link org.levin.evaluation.Score} of a text, of many side by
 * side ({@link org.levin.evaluation.Scoring}), or of one that comes in pieces ({@link
 * org.levin.evaluation.TextScorer}); the {@link org.levin.evaluation.Distribution} of the next
 * symbol; and {@link org.levin.evaluation.Evaluation}, which measures a network on a held-out part.
 * All logarithms are natural. Changes no parameter, and knows nothing of training but its
 * cancellation.
 */
package org.levin.evaluation;

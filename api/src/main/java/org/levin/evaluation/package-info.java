/**
 * How well a model knows a text: {@link org.levin.evaluation.Score} of one text, symbol by symbol,
 * and {@link org.levin.evaluation.Evaluation}, which measures a network on a text or on a held-out
 * part. Everything is in nats per token. Changes no parameter, and knows nothing of training but
 * its cancellation.
 */
package org.levin.evaluation;

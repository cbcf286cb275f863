/**
 * The LSTM on NVIDIA GPUs. In the strict precision, numbers are those of the CPU engine, save where
 * sums are doubles: there the order differs. In the others, the factors of matrix products are
 * rounded.
 *
 * <p>Tokens lie in the order {@code t·B + b}, so that the rows of a step lie side by side; every
 * matrix is row-major, and without gaps, save copies of factors on tensor cores.
 */
package org.levin.engine.cuda;

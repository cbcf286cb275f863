/**
 * The kernels: their names and parameters, their compiled text, and lists of launches. What they
 * compute is said where they are written, in {@code src/main/cuda}.
 */
package org.levin.engine.cuda.kernel;

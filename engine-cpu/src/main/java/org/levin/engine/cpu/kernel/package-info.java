/**
 * The arithmetic in its smallest pieces. {@link org.levin.engine.cpu.kernel.Kernels} is the narrow
 * wall between the network and its loops: primitive arrays in and out, no checks, no threads. The
 * plain-Java twin lives here, and the matrix product that is built from tiles; the vector twin has
 * a package of its own, because loading it needs {@code jdk.incubator.vector}.
 *
 * <p>Every result is one stated chain of roundings, so that both twins agree to the bit.
 */
package org.levin.engine.cpu.kernel;

/**
 * The narrow wall between the network and its loops: primitive arrays in and out, no checks, no
 * threads. Two twins stand behind {@link org.levin.engine.cpu.kernel.Kernels}: {@code plain} runs
 * everywhere, {@code vector} needs {@code jdk.incubator.vector}.
 *
 * <p>Every result is one stated chain of roundings, so that both twins agree to the bit.
 */
package org.levin.engine.cpu.kernel;

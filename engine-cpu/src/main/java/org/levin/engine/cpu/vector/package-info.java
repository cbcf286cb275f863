/**
 * The vector twin of the kernels, on {@code jdk.incubator.vector}, which no other package knows. No
 * class of this package may be loaded where that module is missing, and none may round otherwise
 * than its plain twin.
 *
 * <p>No method takes or returns a vector: where C2 leaves a call standing, that would be an object.
 */
package org.levin.engine.cpu.vector;

/**
 * The plain-Java twin of the kernels: scalar formulas, and loops over arrays in the shapes that the
 * compiler turns into vectors by itself. The vector twin takes its formulas, and its last elements,
 * from here.
 */
package org.levin.engine.cpu.plain;

package org.levin.engine.cuda;

/**
 * A factor of a matrix product, row-major.
 *
 * @param address of floats, or of bfloat16 values if that is the product's precision
 * @param line elements from one row to the next
 */
record Factor(long address, int line) {}

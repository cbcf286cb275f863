package org.levin.engine.cuda.product;

/**
 * A factor of a matrix product, row-major.
 *
 * @param address of floats, or of bfloat16 values if that is the product's precision
 * @param line elements from one row to the next
 */
public record Factor(long address, int line) {}

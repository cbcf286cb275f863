/**
 * An engine of one's own, as small as one can be: no threads, no vectors, no batches, just the
 * formulas. It is on the class path of the examples, last in rank, and may be asked for by its
 * name, {@code toy}. The contract suite runs over it as over every engine.
 */
package org.levin.examples.engine;

/**
 * How all steps of a layer are divided among blocks that stay on the device, and whether that is
 * worthwhile. What the kernels compute is said where they are written, in {@code src/main/cuda}.
 */
package org.levin.engine.cuda.recurrence;

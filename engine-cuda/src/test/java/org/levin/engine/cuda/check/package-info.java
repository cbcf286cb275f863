/**
 * Checks and measures the engine on a machine with a GPU: {@code engine-cuda/gpu-check}. Everything
 * that touches the device runs in a process of its own, which may fail or hang alone.
 */
package org.levin.engine.cuda.check;

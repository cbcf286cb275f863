/**
 * The LSTM in pure Java: the network and its passes, the optimizer, and the threads that share them
 * out. Found through {@link org.levin.engine.Engines}; nobody outside names a class of it.
 *
 * <p>Says what is computed, in which order and by which thread; the inner loops are behind {@link
 * org.levin.engine.cpu.kernel.Kernels}. Arguments are checked here, and not below.
 */
package org.levin.engine.cpu;

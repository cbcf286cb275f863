/**
 * The CUDA driver, behind one interface: devices, memory, streams, modules and launches. JCuda is
 * known here only; nothing here knows of networks.
 */
package org.levin.engine.cuda.driver;

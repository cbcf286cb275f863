/**
 * The inner loops of the CPU engine under JMH, each vector kernel beside its plain-Java twin, in
 * the shapes that training and writing have. One thread; what two of them reach is the race's to
 * say.
 */
package org.levin.benchmarks.kernels;

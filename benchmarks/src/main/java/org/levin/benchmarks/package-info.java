/**
 * Levin beside libtorch: the program that writes the numbers to which the tests hold the engines.
 * Speed is the matter of the packages below: the race of whole programs, and the kernels under JMH.
 */
package org.levin.benchmarks;

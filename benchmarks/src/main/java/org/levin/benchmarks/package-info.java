/**
 * Levin beside libtorch: the program that writes the numbers to which the tests hold the engines.
 */
package org.levin.benchmarks;

/** Levin beside Deeplearning4j. */
package org.levin.benchmarks.deeplearning4j;

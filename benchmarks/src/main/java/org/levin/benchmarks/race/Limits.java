package org.levin.benchmarks.race;

/**
 * What the machine can do at the best, measured in this sitting.
 *
 * @param peakGflops fused multiply-adds in registers, on all processors; a multiply-add counts as
 *     two
 * @param peakGflopsOneThread the same on one
 * @param bandwidthGBps reading the weights of a model of two layers of 512 again and again, divided
 *     among all processors, in 10<sup>9</sup> bytes a second
 * @param bandwidthGBpsOneThread the same on one
 */
record Limits(
    double peakGflops,
    double peakGflopsOneThread,
    double bandwidthGBps,
    double bandwidthGBpsOneThread) {

  /** Returns the better of two measurements, value by value. */
  Limits best(Limits other) {
    return new Limits(
        Math.max(peakGflops, other.peakGflops),
        Math.max(peakGflopsOneThread, other.peakGflopsOneThread),
        Math.max(bandwidthGBps, other.bandwidthGBps),
        Math.max(bandwidthGBpsOneThread, other.bandwidthGBpsOneThread));
  }
}

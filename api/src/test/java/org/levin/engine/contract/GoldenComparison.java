package org.levin.engine.contract;

import org.levin.engine.Network;
import org.levin.engine.NetworkState;

/** One part of what a golden file holds, against a network that stands where the file begins. */
@FunctionalInterface
interface GoldenComparison {
  void run(GoldenFile golden, Network network, NetworkState state);
}

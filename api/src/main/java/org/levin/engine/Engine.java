package org.levin.engine;

import org.levin.model.Parameters;

/**
 * An open engine: makes networks. Threads and device memory that it holds are freed by {@link
 * #close()}; its networks must be closed before.
 */
public interface Engine extends AutoCloseable {

  /** Returns its provider's name. */
  String name();

  /** Returns the version of the engine, for provenance. */
  String version();

  /** Makes a network with these parameters and a fresh optimizer state; the caller closes it. */
  Network network(Parameters parameters);

  /** Frees what the engine holds. Closing twice is harmless. */
  @Override
  void close();
}

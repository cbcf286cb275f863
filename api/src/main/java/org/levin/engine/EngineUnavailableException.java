package org.levin.engine;

/**
 * The engine that was asked for, or every engine, cannot work here; the message says why and what
 * to do.
 */
public final class EngineUnavailableException extends IllegalStateException {
  private static final long serialVersionUID = 1L;

  EngineUnavailableException(String message) {
    super(message);
  }
}

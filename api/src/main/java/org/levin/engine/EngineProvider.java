package org.levin.engine;

/**
 * Opens an engine; found by {@link java.util.ServiceLoader}. A provider is listed in {@code
 * META-INF/services/org.levin.engine.EngineProvider} and has a public constructor without arguments
 * that does nothing.
 */
public interface EngineProvider {

  /** Returns the name that users ask for, lower case, such as {@code "cpu"}. */
  String name();

  /**
   * Returns the rank among the available engines; the highest is taken where none was asked for.
   * The CPU engine has 0.
   */
  int priority();

  /**
   * Says whether the engine works here; if not, why and what to do. Never throws, and may be called
   * often.
   */
  Availability availability();

  /**
   * Opens the engine; the caller closes it.
   *
   * @throws IllegalStateException if it is not available
   */
  Engine open(EngineOptions options);
}

package org.levin.engine;

/** Whether an engine works on this machine. */
public sealed interface Availability {

  /**
   * It works.
   *
   * @param detail what it will run on, for people: kernels, device, memory
   */
  record Available(String detail) implements Availability {}

  /**
   * It does not.
   *
   * @param reason why
   * @param remedy what the user can do about it
   */
  record Unavailable(String reason, String remedy) implements Availability {}
}

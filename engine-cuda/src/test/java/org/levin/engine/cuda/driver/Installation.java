package org.levin.engine.cuda.driver;

/** Whether this machine has NVIDIA's driver. */
public final class Installation {
  private Installation() {}

  /** Returns whether it is found. */
  public static boolean isHere() {
    return InstalledLibrary.isFound(System.getenv());
  }
}

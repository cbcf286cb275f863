package org.levin.engine.cuda.check;

/** Hangs, as a program does that waits for a device. */
final class Sleeper {
  private Sleeper() {}

  public static void main(String... arguments) throws InterruptedException {
    Thread.sleep(60_000);
  }
}

package org.levin.cli;

import org.levin.training.TrainingListener;

/** Shows how a training goes. */
interface Progress extends TrainingListener, AutoCloseable {

  /** A bar where a person watches, plain lines elsewhere. */
  static Progress on(Console console) {
    return console.terminal()
        ? new ProgressBarDisplay(console.err())
        : new ProgressLines(console.err());
  }

  /** Nothing. */
  static Progress none() {
    return () -> {};
  }

  /** Ends the display. Closing twice is harmless. */
  @Override
  void close();
}

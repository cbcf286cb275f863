package org.levin.cli;

import org.levin.tuning.TuningListener;

/** Shows how a search goes. */
interface TuningProgress extends TuningListener, AutoCloseable {

  /** A table that is drawn anew where a person watches, plain lines elsewhere. */
  static TuningProgress on(Console console) {
    return console.terminal() ? new TuningTable(console.err()) : new TuningLines(console.err());
  }

  /** Ends the display. Closing twice is harmless. */
  @Override
  void close();
}

package org.levin.sampling;

/** Why a text has ended. */
public enum Ending {
  /** It is as long as it may be. */
  LENGTH,

  /** It came to a stop string. */
  STOP,

  /** It is complete, as its constraint has it. */
  COMPLETE,

  /** Somebody asked for it. */
  CANCELLED
}

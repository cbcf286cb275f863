package org.levin.cli;

/** Standard output is closed: there is nobody to write for, and that is no failure. */
final class NobodyReadsException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  NobodyReadsException() {
    super("nobody reads the output");
  }
}

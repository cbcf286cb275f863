package org.levin.corpus;

/** A text has nothing to encode: it is empty, or has no symbol that the vocabulary knows. */
public final class EmptyTextException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  /** Makes the exception; {@code problem} names the text and says why nothing is left of it. */
  public EmptyTextException(String problem) {
    super(problem);
  }
}

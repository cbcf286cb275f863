package org.levin.corpus;

import org.levin.internal.Arguments;

/**
 * A text that went into a corpus.
 *
 * @param name its file name without the folder, or {@code "text"} for a string
 * @param size its size in bytes, as UTF-8
 * @param sha256 the lower-case hexadecimal SHA-256 of these bytes
 */
public record CorpusSource(String name, long size, String sha256) {
  /** Checks size and digest. */
  public CorpusSource {
    Arguments.require(!name.isEmpty(), "the name of a source must not be empty");
    Arguments.atLeast(0, size, "the size of a source");
    Arguments.require(
        sha256.matches("[0-9a-f]{64}"),
        "a SHA-256 must be 64 lower-case hexadecimal digits, but was \"%s\"",
        sha256);
  }
}

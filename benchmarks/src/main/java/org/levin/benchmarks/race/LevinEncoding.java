package org.levin.benchmarks.race;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.levin.corpus.CorpusEncoder;

/** A text to a corpus file beside it. */
final class LevinEncoding implements Entrant {
  private static final double MEGABYTE = 1e6;

  private final Path text;
  private final Path corpus;

  LevinEncoding(Path text) {
    this.text = text;
    this.corpus = text.resolveSibling(text.getFileName() + ".arrow");
  }

  @Override
  public double round() throws IOException {
    CorpusEncoder.of(text).encodeTo(corpus);
    return Files.size(text) / MEGABYTE;
  }

  @Override
  public void close() {
    // Nothing is held; the file goes with the folder.
  }
}

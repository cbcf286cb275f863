package org.levin.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.levin.format.Sha256;
import org.levin.text.Source;

/** Levin's own source code, packed when the command is built: what is trained on without a text. */
final class OwnSources {
  private static final String RESOURCE = "sources.txt";

  private OwnSources() {}

  static String text() throws IOException {
    return new String(bytes(), StandardCharsets.UTF_8);
  }

  /** Returns what a corpus of it says of its source. */
  static Source source() throws IOException {
    byte[] bytes = bytes();
    return new Source("text", bytes.length, new Sha256().update(bytes).hex());
  }

  private static byte[] bytes() throws IOException {
    try (InputStream sources = OwnSources.class.getResourceAsStream(RESOURCE)) {
      return sources.readAllBytes();
    }
  }
}

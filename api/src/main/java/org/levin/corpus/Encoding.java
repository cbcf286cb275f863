package org.levin.corpus;

import java.io.IOException;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.CodingErrorAction;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.zip.CRC32C;
import org.levin.text.Source;
import org.levin.text.UnknownSymbolException;
import org.levin.text.UnknownSymbols;
import org.levin.text.Vocabulary;

/** One run of a {@link CorpusEncoder}. */
final class Encoding {
  private final List<TextSource> sources;
  private final Function<TextSource, String> names;
  private final Optional<Vocabulary> given;
  private final UnknownSymbols unknown;
  private final TextReader reader;

  /** What the first pass saw of each source; empty if there is none. */
  private final List<Seen> firstPass = new ArrayList<>();

  /**
   * The bytes of a source as one pass saw them; enough to notice that a file was edited meanwhile.
   */
  private record Seen(long size, long crc) {}

  /** Makes the run; {@code names} gives what the corpus calls a text. */
  Encoding(
      List<TextSource> sources,
      Function<TextSource, String> names,
      Optional<Vocabulary> given,
      UnknownSymbols unknown,
      CodingErrorAction malformed) {
    this.sources = sources;
    this.names = names;
    this.given = given;
    this.unknown = unknown;
    this.reader = new TextReader(malformed);
  }

  /** Writes the corpus file and returns its vocabulary. */
  Vocabulary writeTo(WritableByteChannel channel) throws IOException {
    for (TextSource source : sources) {
      source.check();
    }
    Vocabulary vocabulary = given.isPresent() ? given.get() : vocabularyOfTexts();
    CorpusFileWriter file = new CorpusFileWriter(channel, vocabulary);
    TokenWriter tokens = new TokenWriter(file, vocabulary, unknown);
    List<Source> encoded = new ArrayList<>();
    for (int i = 0; i < sources.size(); i++) {
      encoded.add(encode(i, vocabulary, tokens));
    }
    if (tokens.finish() == 0) {
      boolean empty = encoded.stream().allMatch(source -> source.size() == 0);
      throw new EmptyTextException(
          names()
              + (empty ? ": the text is empty" : ": no symbol of the text is in the vocabulary"));
    }
    file.finish(encoded);
    return vocabulary;
  }

  private Vocabulary vocabularyOfTexts() throws IOException {
    for (TextSource source : sources) {
      if (!source.isRepeatable()) {
        throw new IOException(
            source.path()
                + ": is no regular file and can be read only once, but without a given vocabulary"
                + " a text is read twice; copy it into a file, or give a vocabulary");
      }
    }
    CodePointSet symbols = new CodePointSet();
    for (TextSource source : sources) {
      CRC32C crc = new CRC32C();
      long size = reader.read(source, crc::update, symbols);
      firstPass.add(new Seen(size, crc.getValue()));
    }
    int[] codePoints = symbols.toArray();
    if (codePoints.length == 0) {
      throw new EmptyTextException(names() + ": the text is empty");
    }
    return Vocabulary.codePoints(codePoints);
  }

  private Source encode(int index, Vocabulary vocabulary, TokenWriter tokens) throws IOException {
    TextSource source = sources.get(index);
    MessageDigest sha256 = sha256();
    CRC32C crc = new CRC32C();
    long size;
    try {
      size =
          reader.read(
              source,
              bytes -> {
                crc.update(bytes.duplicate());
                sha256.update(bytes);
              },
              tokens);
    } catch (UnknownSymbolException e) {
      if (given.isEmpty()) {
        throw changed(source, e);
      }
      throw new UnknownSymbolException(
          e.symbol(), e.position(), unknownSymbols(e.symbol(), vocabulary));
    }
    if (given.isEmpty() && !firstPass.get(index).equals(new Seen(size, crc.getValue()))) {
      throw changed(source, null);
    }
    return new Source(names.apply(source), size, HexFormat.of().formatHex(sha256.digest()));
  }

  /**
   * Returns all symbols of the texts that the vocabulary lacks, so that nobody meets them one by
   * one; at least {@code first}.
   */
  private List<String> unknownSymbols(String first, Vocabulary vocabulary) throws IOException {
    if (!sources.stream().allMatch(TextSource::isRepeatable)) {
      return List.of(first);
    }
    CodePointSet symbols = new CodePointSet();
    for (TextSource source : sources) {
      reader.read(source, _ -> {}, symbols);
    }
    return IntStream.of(symbols.toArray())
        .mapToObj(Character::toString)
        .filter(symbol -> isUnknown(symbol, vocabulary))
        .toList();
  }

  private static boolean isUnknown(String symbol, Vocabulary vocabulary) {
    try {
      vocabulary.encode(symbol);
      return false;
    } catch (UnknownSymbolException e) {
      return true;
    }
  }

  private static IOException changed(TextSource source, UnknownSymbolException cause) {
    return new IOException(
        source.path()
            + ": the file changed while it was being read; try again when it no longer does",
        cause);
  }

  private String names() {
    return String.join(", ", sources.stream().map(source -> source.path().toString()).toList());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }
}

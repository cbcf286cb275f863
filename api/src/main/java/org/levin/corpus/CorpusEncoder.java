package org.levin.corpus;

import java.io.IOException;
import java.nio.charset.CodingErrorAction;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.levin.format.AtomicFile;
import org.levin.internal.Arguments;
import org.levin.text.UnknownSymbols;
import org.levin.text.Vocabulary;

/**
 * Makes a corpus of texts of any size: memory does not grow with them.
 *
 * <p>The texts are taken as they are, one after the other, as UTF-8: no newline is translated, no
 * byte-order mark removed, nothing normalized. Without a {@link #vocabulary given vocabulary} every
 * text is read twice, first for its symbols, and the vocabulary is that of the code points that
 * occur.
 *
 * <p>An encoder never changes; methods that name an option return another encoder that has it.
 */
public final class CorpusEncoder {
  private final List<TextSource> sources;
  private final Optional<Vocabulary> vocabulary;
  private final UnknownSymbols unknown;
  private final CodingErrorAction malformed;

  private CorpusEncoder(
      List<TextSource> sources,
      Optional<Vocabulary> vocabulary,
      UnknownSymbols unknown,
      CodingErrorAction malformed) {
    Arguments.require(!sources.isEmpty(), "name at least one text file");
    this.sources = sources;
    this.vocabulary = vocabulary;
    this.unknown = unknown;
    this.malformed = malformed;
  }

  /**
   * Returns an encoder of text files, in this order.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static CorpusEncoder of(Path... texts) {
    return of(Stream.of(texts).map(TextSource::of).toList());
  }

  /**
   * Returns an encoder of a text.
   *
   * @throws IllegalArgumentException if it holds half a surrogate pair
   */
  public static CorpusEncoder of(String text) {
    return of(List.of(TextSource.of(text)));
  }

  static CorpusEncoder of(List<TextSource> sources) {
    return new CorpusEncoder(
        sources, Optional.empty(), UnknownSymbols.error(), CodingErrorAction.REPORT);
  }

  /**
   * Returns an encoder with this vocabulary instead of one made of the texts, which then are read
   * only once.
   */
  public CorpusEncoder vocabulary(Vocabulary vocabulary) {
    return new CorpusEncoder(sources, Optional.of(vocabulary), unknown, malformed);
  }

  /**
   * Returns an encoder with this policy for symbols that a given vocabulary lacks; {@link
   * UnknownSymbols#error()} otherwise.
   */
  public CorpusEncoder unknownSymbols(UnknownSymbols unknown) {
    return new CorpusEncoder(sources, vocabulary, unknown, malformed);
  }

  /**
   * Returns an encoder that replaces bytes that are no well-formed UTF-8 by U+FFFD, as the JDK
   * does; they are an error otherwise.
   */
  public CorpusEncoder replaceMalformed() {
    return new CorpusEncoder(sources, vocabulary, unknown, CodingErrorAction.REPLACE);
  }

  /**
   * Writes the corpus into an Arrow file, whole or not at all.
   *
   * @param file is made or replaced
   * @throws MalformedTextException if a text is no well-formed UTF-8 and this is to be an error
   * @throws IOException if a text cannot be read, or changes between the two readings, or the file
   *     cannot be written
   * @throws EmptyTextException if nothing is left to encode
   * @throws org.levin.text.UnknownSymbolException if the given vocabulary lacks a symbol and this
   *     is to be an error
   */
  public void encodeTo(Path file) throws IOException {
    AtomicFile.write(file, encoding(TextSource::fileName)::writeTo);
  }

  /**
   * Returns the corpus without a file of yours: a small one is in memory, a large one in a
   * temporary file that vanishes when the corpus is closed or the process ends.
   *
   * @throws MalformedTextException if a text is no well-formed UTF-8 and this is to be an error
   * @throws IOException if a text cannot be read, or changes between the two readings, or the
   *     temporary file cannot be written
   * @throws EmptyTextException if nothing is left to encode
   * @throws org.levin.text.UnknownSymbolException if the given vocabulary lacks a symbol and this
   *     is to be an error
   */
  public Corpus open() throws IOException {
    return open(SpillingStorage.MEMORY_LIMIT);
  }

  /** Opens with at most {@code memoryLimit} bytes in memory. */
  Corpus open(long memoryLimit) throws IOException {
    Encoding encoding = encoding(TextSource::name);
    SpillingStorage storage = new SpillingStorage(memoryLimit);
    boolean opened = false;
    try {
      Vocabulary encoded = encoding.writeTo(storage);
      Corpus corpus = Corpus.open(Path.of("corpus"), storage::map, Optional.of(encoded), storage);
      opened = true;
      return corpus;
    } finally {
      if (!opened) {
        storage.close();
      }
    }
  }

  private Encoding encoding(Function<TextSource, String> names) {
    return new Encoding(sources, names, vocabulary, unknown, malformed);
  }
}

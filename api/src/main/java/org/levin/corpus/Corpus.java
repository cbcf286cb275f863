package org.levin.corpus;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import org.levin.format.DamagedFileException;
import org.levin.text.Source;
import org.levin.text.Vocabulary;

/**
 * An encoded text: its vocabulary, and its tokens in a memory-mapped Arrow file, so that a text
 * larger than memory takes no heap.
 *
 * <p>The structure of the file is checked on opening, the tokens when they are first touched. A
 * file must not be changed while it is open. Safe to read from several threads.
 */
public final class Corpus implements AutoCloseable {
  private final CorpusFileReader.Content content;
  private final Arena arena;

  /** What must outlive the mapping. */
  private final Closeable storage;

  /** Gives the bytes of a corpus file, alive as long as the arena. */
  @FunctionalInterface
  interface Mapping {
    /** Maps the file into {@code arena}. */
    MemorySegment map(Arena arena) throws IOException;
  }

  private Corpus(CorpusFileReader.Content content, Arena arena, Closeable storage) {
    this.content = content;
    this.arena = arena;
    this.storage = storage;
  }

  /**
   * Encodes text files, one after the other, with the vocabulary of the code points that occur. For
   * options see {@link CorpusEncoder}; to keep the result, {@link CorpusEncoder#encodeTo}.
   *
   * @throws MalformedTextException if a text is no well-formed UTF-8
   * @throws IOException if a text cannot be read, or changes while it is being read
   * @throws EmptyTextException if the texts are empty
   */
  public static Corpus of(Path... texts) throws IOException {
    return CorpusEncoder.of(texts).open();
  }

  /**
   * Encodes a text with the vocabulary of the code points that occur.
   *
   * @throws IllegalArgumentException if the text holds half a surrogate pair
   * @throws EmptyTextException if it is empty
   * @throws UncheckedIOException if it is too large to be kept in memory and the temporary file
   *     cannot be written
   */
  public static Corpus of(String text) {
    try {
      return CorpusEncoder.of(text).open();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Opens a corpus file that {@link CorpusEncoder#encodeTo} wrote.
   *
   * @throws DamagedFileException if it is no corpus, or damaged
   * @throws IOException if it cannot be read
   * @throws IllegalArgumentException if its vocabulary is of a type of your own; see {@link
   *     #open(Path, Vocabulary)}
   */
  public static Corpus open(Path file) throws IOException {
    return open(file, Optional.empty());
  }

  /**
   * Opens a corpus file that was encoded with this vocabulary; needed only for vocabularies of a
   * type of your own.
   *
   * @throws DamagedFileException if it is no corpus, or damaged
   * @throws IOException if it cannot be read
   * @throws IllegalArgumentException if it was encoded with another vocabulary
   */
  public static Corpus open(Path file, Vocabulary vocabulary) throws IOException {
    return open(file, Optional.of(vocabulary));
  }

  private static Corpus open(Path file, Optional<Vocabulary> vocabulary) throws IOException {
    InputFile.check(file, "a corpus file");
    if (!Files.isRegularFile(file)) {
      throw new FileSystemException(
          file.toString(), null, "cannot be mapped, expected a regular file");
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      return open(
          file,
          arena -> channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena),
          vocabulary,
          () -> {});
    }
  }

  /**
   * Opens what {@code mapping} gives; {@code storage} is closed with the corpus, but not if this
   * method throws.
   */
  static Corpus open(Path name, Mapping mapping, Optional<Vocabulary> vocabulary, Closeable storage)
      throws IOException {
    Arena arena = Arena.ofShared();
    boolean opened = false;
    try {
      Corpus corpus =
          new Corpus(CorpusFileReader.read(name, mapping.map(arena), vocabulary), arena, storage);
      opened = true;
      return corpus;
    } finally {
      if (!opened) {
        arena.close();
      }
    }
  }

  /** Returns the vocabulary that the tokens are ids of. */
  public Vocabulary vocabulary() {
    return content.vocabulary();
  }

  /** Returns all tokens. */
  public TokenSequence tokens() {
    return content.tokens();
  }

  /** Returns the number of tokens, at least 1. */
  public long size() {
    return content.tokens().size();
  }

  /**
   * Returns the texts that were encoded, in order: by the paths that were given, or, if they come
   * out of a corpus file, by their file names.
   */
  public List<Source> sources() {
    return content.sources();
  }

  /**
   * Returns a checksum of all tokens, 8 hexadecimal digits: another text, or the same text with
   * another policy for unknown symbols, has another one. It is known without reading them.
   */
  public String checksum() {
    return content.tokens().checksum();
  }

  /**
   * Cuts off the tail for validation; see {@link Split#of}.
   *
   * @param validationFraction in {@code [0, 1)}
   */
  public Split split(double validationFraction) {
    return Split.of(tokens(), validationFraction);
  }

  /**
   * Checks all tokens now, and not when they are first touched.
   *
   * @throws DamagedFileException if a part of the file is damaged
   * @throws IllegalStateException if this corpus is closed
   */
  public void verify() throws DamagedFileException {
    content.tokens().checkAll();
  }

  /**
   * Frees the mapping, and deletes the temporary file if there is one; to read tokens afterwards is
   * an {@link IllegalStateException}. Closing again does nothing.
   *
   * @throws UncheckedIOException if the temporary file cannot be closed
   */
  @Override
  public void close() {
    content.tokens().whenIdle(this::free);
  }

  private void free() {
    if (arena.scope().isAlive()) {
      arena.close();
      try {
        storage.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}

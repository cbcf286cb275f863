package org.levin.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.levin.corpus.Corpus;
import org.levin.corpus.CorpusEncoder;
import org.levin.format.Sha256;
import org.levin.internal.Printable;
import org.levin.text.Source;
import org.levin.text.UnknownSymbols;
import org.levin.text.Vocabulary;

/**
 * Finds the texts of a training again: under the path that they had, in the folder of the model, or
 * in the current one; Levin's own sources need not be found.
 *
 * @param sources what is known of them
 * @param model the file that knows it
 */
record KnownTexts(List<Source> sources, Path model) {
  private static final int LONGEST_NAME = 500;

  /**
   * Encodes them with the vocabulary of the model. What was left out of them then is left out now;
   * whether they are the very same texts tells the corpus.
   *
   * @throws NoSuchFileException if one is nowhere
   */
  Corpus open(Vocabulary vocabulary) throws IOException {
    CorpusEncoder encoder =
        isOwnSources() ? CorpusEncoder.of(OwnSources.text()) : CorpusEncoder.of(files());
    return encode(encoder, vocabulary);
  }

  /** Encodes other files in their place; the same way, so that the difference can be told. */
  static Corpus open(List<Path> files, Vocabulary vocabulary) throws IOException {
    return encode(CorpusEncoder.of(files.toArray(Path[]::new)), vocabulary);
  }

  private static Corpus encode(CorpusEncoder encoder, Vocabulary vocabulary) throws IOException {
    return encoder.vocabulary(vocabulary).unknownSymbols(UnknownSymbols.skip()).open();
  }

  private boolean isOwnSources() throws IOException {
    return sources.size() == 1 && sources.getFirst().hasTheBytesOf(OwnSources.source());
  }

  private Path[] files() throws IOException {
    Path[] files = new Path[sources.size()];
    for (int i = 0; i < files.length; i++) {
      files[i] = find(sources.get(i));
    }
    return files;
  }

  /** The text itself before another of its name: that one is better than none, to be compared. */
  private Path find(Source source) throws IOException {
    Optional<Path> another = Optional.empty();
    for (Path candidate : candidates(source)) {
      if (Files.isRegularFile(candidate)) {
        if (Files.size(candidate) == source.size()
            && Sha256.ofFile(candidate).equals(source.sha256())) {
          return candidate;
        }
        another = another.or(() -> Optional.of(candidate));
      }
    }
    return another.orElseThrow(
        () ->
            new NoSuchFileException(
                Printable.of(source.name(), LONGEST_NAME),
                null,
                source.name().equals("text")
                    ? "the model was trained on a string, or on the source code of another version of Levin; give the text with --text"
                    : "the text is no longer there; say where it is with --text, or give its --corpus"));
  }

  private Set<Path> candidates(Source source) {
    Path path = Path.of(source.name());
    Path name = path.getFileName();
    Set<Path> candidates = new LinkedHashSet<>();
    candidates.add(path);
    if (name != null) {
      candidates.add(model.toAbsolutePath().resolveSibling(name));
      candidates.add(name);
    }
    return candidates;
  }
}

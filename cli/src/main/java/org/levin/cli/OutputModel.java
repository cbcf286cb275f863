package org.levin.cli;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.levin.SequenceModel;
import org.levin.corpus.Corpus;
import org.levin.format.AtomicFile;
import org.levin.format.DamagedFileException;
import org.levin.provenance.TrainingFacts;
import org.levin.text.Source;

/**
 * The file that a training writes.
 *
 * @param file where
 * @param named whether the user named it; the default file never takes the place of another text's
 *     model
 */
record OutputModel(Path file, boolean named) {

  /** Fails now, and not after an hour of training, if the file cannot be written or must not be. */
  void check(Corpus corpus) throws IOException {
    AtomicFile.check(file);
    if (!named && Files.exists(file) && !isModelOf(corpus)) {
      throw new FileAlreadyExistsException(
          file
              + " is there already, and not a model of this text; name the file to write with --model");
    }
  }

  private boolean isModelOf(Corpus corpus) throws IOException {
    List<String> digests = corpus.sources().stream().map(Source::sha256).toList();
    try (SequenceModel model = SequenceModel.load(file)) {
      return TrainingFacts.sources(model.provenance()).stream()
          .map(Source::sha256)
          .toList()
          .equals(digests);
    } catch (DamagedFileException | IllegalStateException | IllegalArgumentException e) {
      return false;
    }
  }
}

package org.levin;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import org.levin.format.ModelFile;
import org.levin.format.PyTorchWeights;
import org.levin.format.Sha256;
import org.levin.format.VocabularyFile;
import org.levin.model.Parameters;
import org.levin.provenance.ImportRecord;
import org.levin.provenance.ModelProvenances;
import org.levin.text.Source;
import org.levin.text.Vocabulary;

/** Weights and vocabulary of another library as a model, with a record of where they come from. */
final class PyTorchModel {
  private PyTorchModel() {}

  static ModelFile read(Path weights, Path vocabularyFile) throws IOException {
    Vocabulary vocabulary = VocabularyFile.read(vocabularyFile);
    Parameters parameters = PyTorchWeights.read(weights, vocabulary.size());
    ImportRecord record =
        new ImportRecord(
            SequenceModel.class.getName(),
            PyTorchWeights.class.getName(),
            source(weights),
            source(vocabularyFile),
            vocabulary.size(),
            vocabulary.fingerprint(),
            OffsetDateTime.now());
    return new ModelFile(
        parameters, vocabulary, ModelProvenances.toJson(ModelProvenances.of(record)));
  }

  private static Source source(Path file) throws IOException {
    return new Source(file.toString(), Files.size(file), Sha256.ofFile(file));
  }
}

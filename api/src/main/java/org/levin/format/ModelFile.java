package org.levin.format;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.levin.internal.Arguments;
import org.levin.model.LstmArchitecture;
import org.levin.model.Parameters;
import org.levin.text.Vocabulary;

/**
 * A model as a safetensors file: tensors under PyTorch's names, and in the metadata what else makes
 * it a model.
 *
 * @param parameters the architecture and all tensors
 * @param vocabulary of as many symbols as the parameters are for
 * @param provenance how the model came to be, as JSON; only {@code org.levin.provenance} looks
 *     inside
 */
public record ModelFile(Parameters parameters, Vocabulary vocabulary, String provenance) {
  private static final String VERSION_KEY = "levin.format";
  private static final String VERSION = "1";
  private static final String ARCHITECTURE = "levin.architecture";
  private static final String VOCABULARY = "levin.vocabulary";
  private static final String PROVENANCE = "levin.provenance";

  /** Checks that both are for the same number of symbols. */
  public ModelFile {
    Arguments.require(
        vocabulary.size() == parameters.vocabularySize(),
        "the vocabulary has %d symbols, but the parameters are for %d",
        vocabulary.size(),
        parameters.vocabularySize());
  }

  /**
   * Writes the model, whole or not at all.
   *
   * @throws IOException if the file cannot be written; what was there is untouched then
   */
  public void write(Path file) throws IOException {
    new Safetensors(metadata(), tensors(parameters)).write(file);
  }

  /** Returns what the file says of itself. */
  Map<String, String> metadata() {
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put(VERSION_KEY, VERSION);
    metadata.put(ARCHITECTURE, ModelJson.write(parameters.architecture(), vocabulary.size()));
    metadata.put(VOCABULARY, ModelJson.write(vocabulary));
    metadata.put(PROVENANCE, provenance);
    return metadata;
  }

  /** Returns the tensors in the order of the file; their values are copies. */
  public static List<Tensor> tensors(Parameters parameters) {
    return tensors("", parameters);
  }

  /** Returns the tensors under names that begin with {@code prefix}. */
  static List<Tensor> tensors(String prefix, Parameters parameters) {
    return parameters.tensors().stream()
        .map(
            tensor ->
                new Tensor(prefix + tensor.name(), tensor.shape(), parameters.toArray(tensor)))
        .toList();
  }

  /**
   * Reads a model.
   *
   * @throws DamagedFileException if it is damaged, or no model (the message says what is missing)
   * @throws IOException if it cannot be read
   * @throws IllegalArgumentException if its vocabulary is of a type of your own; see {@link
   *     #read(Path, Vocabulary)}
   */
  public static ModelFile read(Path file) throws IOException {
    return read(file, Optional.empty());
  }

  /**
   * Reads a model of this vocabulary; needed only for vocabularies of a type of your own.
   *
   * @throws DamagedFileException if it is damaged, or no model (the message says what is missing)
   * @throws IOException if it cannot be read
   * @throws IllegalArgumentException if the model has another vocabulary
   */
  public static ModelFile read(Path file, Vocabulary vocabulary) throws IOException {
    return read(file, Optional.of(vocabulary));
  }

  private static ModelFile read(Path file, Optional<Vocabulary> known) throws IOException {
    Safetensors content = Safetensors.read(file);
    Description description = Description.of(file, content, known);
    ArchitectureTensors tensors = description.tensors();
    ModelFile model = description.model(tensors);
    // What else a checkpoint holds, only who resumes from it needs to know.
    if (!CheckpointFile.isOne(content)) {
      tensors.requireNothingLeft();
    }
    return model;
  }

  /** What the metadata of a file say of the model in it. */
  record Description(
      Path file, Safetensors content, LstmArchitecture architecture, Vocabulary vocabulary) {

    /**
     * Reads the metadata.
     *
     * @throws DamagedFileException if it is none of a model
     * @throws IllegalArgumentException if {@code known} is another vocabulary, or is missing
     */
    static Description of(Path file, Safetensors content, Optional<Vocabulary> known)
        throws DamagedFileException {
      String version = metadata(file, content, VERSION_KEY);
      if (!version.equals(VERSION)) {
        throw new DamagedFileException(
            file,
            VERSION_KEY
                + " is "
                + version
                + ", expected "
                + VERSION
                + "; a newer Levin may read it");
      }
      ModelJson.Sizes sizes =
          ModelJson.readArchitecture(file, ARCHITECTURE, metadata(file, content, ARCHITECTURE));
      Vocabulary vocabulary =
          ModelJson.readVocabulary(file, VOCABULARY, metadata(file, content, VOCABULARY), known);
      if (vocabulary.size() != sizes.vocabularySize()) {
        throw new DamagedFileException(
            file,
            VOCABULARY
                + " has "
                + vocabulary.size()
                + " symbols, but "
                + ARCHITECTURE
                + " says "
                + sizes.vocabularySize());
      }
      return new Description(file, content, sizes.architecture(), vocabulary);
    }

    /** Returns the tensors, whose values must be as many as the architecture needs. */
    ArchitectureTensors tensors() throws DamagedFileException {
      // The digest holds, so the file is what somebody wrote; sizes that the tensors do not bear
      // out are refused before they cost memory.
      long total = content.tensors().stream().mapToLong(tensor -> tensor.values().length).sum();
      long count = architecture.parameterCount(vocabulary.size());
      if (count > total || count < total && !CheckpointFile.isOne(content)) {
        throw new DamagedFileException(
            file,
            ARCHITECTURE + " promises " + count + " parameters, but the tensors hold " + total);
      }
      return new ArchitectureTensors(file, content, architecture, vocabulary.size());
    }

    /** Takes the model out of the tensors. */
    ModelFile model(ArchitectureTensors tensors) throws IOException {
      return new ModelFile(tensors.take(""), vocabulary, metadata(file, content, PROVENANCE));
    }

    private static String metadata(Path file, Safetensors content, String key)
        throws DamagedFileException {
      String value = content.metadata().get(key);
      if (value == null) {
        throw new DamagedFileException(
            file,
            "is no model of Levin: the metadata "
                + key
                + " is missing; it may be weights to import");
      }
      return value;
    }
  }
}

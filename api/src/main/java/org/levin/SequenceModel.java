package org.levin;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.levin.corpus.TokenSequence;
import org.levin.evaluation.Score;
import org.levin.format.ModelFile;
import org.levin.internal.Arguments;
import org.levin.model.LstmArchitecture;
import org.levin.model.Parameters;
import org.levin.sampling.GenerationSession;
import org.levin.sampling.Sampler;
import org.levin.text.UnknownSymbols;
import org.levin.text.Vocabulary;
import org.tribuo.provenance.ModelProvenance;

/**
 * A trained language model: gives the probability of a text, and writes texts. Immutable, and safe
 * to share between threads.
 *
 * <p>Its engine is opened when the first text is scored or written. {@link #close()} frees it; on
 * the CPU that is only memory, which the garbage collector takes too, so a model may simply be
 * dropped.
 */
public interface SequenceModel extends AutoCloseable {

  /**
   * Loads a model that {@link #save} wrote.
   *
   * @throws org.levin.format.DamagedFileException if the file is damaged, or no model
   * @throws IOException if it cannot be read
   * @throws IllegalArgumentException if its vocabulary is of a type of your own; see {@link
   *     #load(Path, Vocabulary)}
   */
  static SequenceModel load(Path file) throws IOException {
    return new LstmSequenceModel(ModelFile.read(file), Optional.empty());
  }

  /**
   * Loads a model that was trained with this vocabulary; needed only for vocabularies of a type of
   * your own, which a file cannot describe.
   *
   * @throws org.levin.format.DamagedFileException if the file is damaged, or no model
   * @throws IOException if it cannot be read
   * @throws IllegalArgumentException if it was trained with another vocabulary
   */
  static SequenceModel load(Path file, Vocabulary vocabulary) throws IOException {
    return new LstmSequenceModel(ModelFile.read(file, vocabulary), Optional.empty());
  }

  /**
   * Imports a network that PyTorch trained; see {@link org.levin.format.PyTorchWeights}.
   *
   * @param weights safetensors file with PyTorch's names
   * @param vocabulary JSON object from symbol to id, see {@link org.levin.format.VocabularyFile}
   * @throws org.levin.format.DamagedFileException if one of them is damaged, or they do not fit
   * @throws IOException if one cannot be read
   */
  static SequenceModel importPyTorch(Path weights, Path vocabulary) throws IOException {
    return new LstmSequenceModel(PyTorchModel.read(weights, vocabulary), Optional.empty());
  }

  /** Returns layers and hidden units. */
  LstmArchitecture architecture();

  /** Returns the symbols that the model knows. */
  Vocabulary vocabulary();

  /** Returns all parameters. */
  Parameters parameters();

  /**
   * Returns how the model came to be, as Tribuo's provenance.
   *
   * @throws IllegalStateException if the record in the file is not one that Levin writes
   */
  ModelProvenance provenance();

  /**
   * Writes the model to a file, whole or not at all; an older file of that name is replaced.
   *
   * @throws IOException if it cannot be written; what was there is untouched then
   */
  void save(Path file) throws IOException;

  /**
   * Returns the probability of a text. Its first symbol conditions and is not scored.
   *
   * @throws org.levin.text.UnknownSymbolException if the vocabulary lacks a symbol of it
   * @throws IllegalArgumentException if it has fewer than two symbols
   */
  default Score score(String text) {
    return score(text, UnknownSymbols.error());
  }

  /**
   * Returns the probability of a text. Its first symbol conditions and is not scored.
   *
   * @param unknown what to do with a symbol that the vocabulary lacks
   * @throws IllegalArgumentException if fewer than two symbols are left
   */
  Score score(String text, UnknownSymbols unknown);

  /**
   * Returns the probability of an encoded text. Its first token conditions and is not scored.
   *
   * @param tokens ids of this model's vocabulary
   * @throws IllegalArgumentException if there are fewer than two, too many for an array, or an id
   *     lies outside the vocabulary
   */
  Score score(TokenSequence tokens);

  /**
   * Writes a text.
   *
   * @param prompt what the text follows; empty to start as after a line break
   * @param length number of symbols to write, at least 0
   * @param sampler how to choose among the symbols
   * @param seed the same seed gives the same text
   * @return the new text, without the prompt
   * @throws org.levin.text.UnknownSymbolException if the vocabulary lacks a symbol of the prompt
   */
  default String generate(String prompt, int length, Sampler sampler, long seed) {
    Arguments.atLeast(0, length, "length");
    try (GenerationSession session = session(seed)) {
      session.feed(prompt, UnknownSymbols.error());
      StringBuilder text = new StringBuilder(length);
      for (int i = 0; i < length; i++) {
        text.append(session.nextText(sampler));
      }
      return text.append(session.finish()).toString();
    }
  }

  /** Starts a text in the making; the caller closes it. */
  GenerationSession session(long seed);

  /**
   * Frees what the engine holds; scoring and writing are {@link IllegalStateException} afterwards.
   * Closing twice is harmless.
   */
  @Override
  void close();
}

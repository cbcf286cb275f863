package org.levin;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.levin.evaluation.Distribution;
import org.levin.evaluation.Score;
import org.levin.evaluation.ScoredSymbol;
import org.levin.evaluation.ScoringOptions;
import org.levin.evaluation.TextScorer;
import org.levin.format.ModelFile;
import org.levin.model.LstmArchitecture;
import org.levin.model.Parameters;
import org.levin.sampling.Beam;
import org.levin.sampling.GenerationOptions;
import org.levin.sampling.GenerationSession;
import org.levin.sampling.Hypothesis;
import org.levin.sampling.Sampler;
import org.levin.text.Vocabulary;
import org.levin.training.Cancellation;
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

  /**
   * Returns the same model on another engine, which is opened when the first text is scored or
   * written; each of the two has to be closed. Without it, a model is on the engine that its
   * training asked for, or else on the one that {@link org.levin.engine.Engines} selects.
   *
   * <pre>{@code
   * SequenceModel model = SequenceModel.load(file).on("cuda");
   * }</pre>
   *
   * @param engine name; if there is none of it, the first text throws {@link
   *     org.levin.engine.UnknownEngineException}, and if it is not available, {@link
   *     org.levin.engine.EngineUnavailableException}
   */
  SequenceModel on(String engine);

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
    return score(text, ScoringOptions.defaults());
  }

  /**
   * Returns the probability of a text, always the model's own, before any sampler.
   *
   * @throws org.levin.text.UnknownSymbolException if the vocabulary lacks a symbol and the policy
   *     is to fail
   * @throws IllegalArgumentException if, without a context, fewer than two symbols are left
   */
  default Score score(String text, ScoringOptions options) {
    return scoreAll(List.of(text), options).getFirst();
  }

  /**
   * Returns the probabilities of many texts, in their order, as of each alone. They go through the
   * network side by side, which is many times as fast as one after the other where they are short.
   *
   * @throws org.levin.text.UnknownSymbolException if the vocabulary lacks a symbol and the policy
   *     is to fail
   * @throws IllegalArgumentException if, without a context, one has fewer than two symbols
   */
  List<Score> scoreAll(List<String> texts, ScoringOptions options);

  /**
   * Starts to score a text of any size that comes in pieces; the caller closes it.
   *
   * @param listener is given each symbol that is scored, in order
   */
  TextScorer scorer(ScoringOptions options, Consumer<? super ScoredSymbol> listener);

  /**
   * Returns the probabilities of the symbol after a text.
   *
   * @param context what it follows; empty for the beginning of a line
   * @throws org.levin.text.UnknownSymbolException if the vocabulary lacks a symbol of it
   */
  default Distribution distributionAfter(String context) {
    try (GenerationSession session = session(GenerationOptions.defaults())) {
      return session.feed(context).distribution();
    }
  }

  /**
   * Returns what the network remembers of a text: the hidden state of the top layer after its last
   * symbol, {@code [H]} values in {@code (-1,1)}. Texts that would go on alike lie close together.
   *
   * @param text empty for the beginning of a line
   * @throws org.levin.text.UnknownSymbolException if the vocabulary lacks a symbol of it
   */
  default float[] embedding(String text) {
    try (GenerationSession session = session(GenerationOptions.defaults())) {
      float[] layers = session.feed(text).hiddenState();
      int units = architecture().hiddenSize();
      return Arrays.copyOfRange(layers, layers.length - units, layers.length);
    }
  }

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
  default String generate(String prompt, long length, Sampler sampler, long seed) {
    return generate(prompt, GenerationOptions.of(sampler).length(length).seed(seed));
  }

  /**
   * Writes a text.
   *
   * @param prompt what the text follows; empty to start as after a line break
   * @return the new text, without the prompt
   * @throws org.levin.text.UnknownSymbolException if the vocabulary lacks a symbol of the prompt
   *     and the policy is to fail
   * @throws IllegalArgumentException if the constraint is one of another vocabulary, or allows no
   *     text so short
   */
  default String generate(String prompt, GenerationOptions options) {
    try (GenerationSession session = session(options)) {
      return session.feed(prompt).write();
    }
  }

  /**
   * Writes many texts at once, one after each prompt: text {@code i} is that of {@link
   * #generate(String, GenerationOptions)} with seed {@code options.seed() + i}. One call of the
   * network a step does for all of them, which is many times as fast as one after the other.
   *
   * @param listener is given each text, in the order of the prompts and as soon as it and those
   *     before it are done
   * @param cancellation ends it after the step under way; texts that are not done, and those behind
   *     them, are not given
   * @throws org.levin.text.UnknownSymbolException if the vocabulary lacks a symbol of a prompt and
   *     the policy is to fail
   * @throws IllegalArgumentException if the constraint is one of another vocabulary, or allows no
   *     text so short
   */
  void generateAll(
      List<String> prompts,
      GenerationOptions options,
      Consumer<? super String> listener,
      Cancellation cancellation);

  /** Writes many texts at once and returns them; see {@link #generateAll}. */
  default List<String> generateAll(List<String> prompts, GenerationOptions options) {
    List<String> texts = new ArrayList<>();
    generateAll(prompts, options, texts::add, new Cancellation());
    return List.copyOf(texts);
  }

  /**
   * Returns the most likely texts after a prompt, the best first; see {@link
   * org.levin.sampling.BeamSearch}.
   *
   * @param prompt what they follow; empty to start as after a line break
   * @param options their sampler reshapes what texts are judged by; their seed is not used
   * @throws org.levin.text.UnknownSymbolException if the vocabulary lacks a symbol of the prompt
   *     and the policy is to fail
   * @throws IllegalArgumentException if the constraint is one of another vocabulary, or allows no
   *     text so short
   */
  List<Hypothesis> beamSearch(String prompt, Beam beam, GenerationOptions options);

  /**
   * Starts a text in the making; the caller closes it.
   *
   * @throws IllegalArgumentException if the constraint is one of another vocabulary, or allows no
   *     text so short
   */
  GenerationSession session(GenerationOptions options);

  /**
   * Frees what the engine holds; scoring and writing are {@link IllegalStateException} afterwards.
   * Closing twice is harmless.
   */
  @Override
  void close();
}

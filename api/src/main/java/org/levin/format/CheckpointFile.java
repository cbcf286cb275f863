package org.levin.format;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.levin.internal.Arguments;
import org.levin.model.LstmArchitecture;
import org.levin.model.Parameters;
import org.levin.text.Vocabulary;
import org.levin.training.TrainingState;

/**
 * A training that can go on, as a safetensors file: a model like any other, which every reader of
 * models takes, and beside it all that exact resumption needs.
 *
 * @param model what the training would give if it ended now: the best model where patience is set,
 *     or else the one of the last step
 * @param parameters those of the last step
 * @param firstMoment Adam's {@code m}, a value for each parameter
 * @param secondMoment Adam's {@code v}, likewise
 * @param hidden the network's hidden state {@code [L,B,H]}, for {@code B} rows
 * @param cell its cell state, likewise
 * @param state where the training stands
 */
public record CheckpointFile(
    ModelFile model,
    Parameters parameters,
    Parameters firstMoment,
    Parameters secondMoment,
    float[] hidden,
    float[] cell,
    TrainingState state) {
  private static final String TRAINING = "levin.training";
  private static final String PARAMETERS = "training.";
  private static final String FIRST_MOMENT = "optimizer.first_moment.";
  private static final String SECOND_MOMENT = "optimizer.second_moment.";
  private static final String HIDDEN = "state.hidden";
  private static final String CELL = "state.cell";

  /** Checks that everything belongs to one architecture, and that the state is finite. */
  public CheckpointFile {
    Objects.requireNonNull(state, "state");
    LstmArchitecture architecture = state.options().architecture();
    for (Parameters part : List.of(model.parameters(), parameters, firstMoment, secondMoment)) {
      Arguments.require(
          part.architecture().equals(architecture)
              && part.vocabularySize() == model.vocabulary().size(),
          "the parts of a checkpoint must be of one architecture");
    }
    Arguments.require(
        model.vocabulary().fingerprint().equals(state.corpus().vocabularyFingerprint()),
        "the vocabulary must be that of the corpus");
    Arguments.require(
        hidden.length == stateSize(state) && cell.length == hidden.length,
        "hidden and cell state must have %d values, but have %d and %d",
        stateSize(state),
        hidden.length,
        cell.length);
    requireFinite(HIDDEN, hidden);
    requireFinite(CELL, cell);
  }

  private static void requireFinite(String name, float[] values) {
    for (float value : values) {
      Arguments.require(Float.isFinite(value), "%s has the value %s", name, value);
    }
  }

  private static int stateSize(TrainingState state) {
    return stateShape(state).stream().reduce(1, Math::multiplyExact);
  }

  private static List<Integer> stateShape(TrainingState state) {
    LstmArchitecture architecture = state.options().architecture();
    return List.of(architecture.layers(), state.rows(), architecture.hiddenSize());
  }

  /** Returns whether a file says that it is a checkpoint. */
  static boolean isOne(Safetensors content) {
    return content.metadata().containsKey(TRAINING);
  }

  /**
   * Writes the checkpoint, whole or not at all.
   *
   * @throws IOException if the file cannot be written; what was there is untouched then
   */
  public void write(Path file) throws IOException {
    Map<String, String> metadata = new LinkedHashMap<>(model.metadata());
    metadata.put(TRAINING, TrainingJson.write(state));
    List<Tensor> tensors = new ArrayList<>(ModelFile.tensors(model.parameters()));
    if (parameters != model.parameters()) {
      tensors.addAll(ModelFile.tensors(PARAMETERS, parameters));
    }
    tensors.addAll(ModelFile.tensors(FIRST_MOMENT, firstMoment));
    tensors.addAll(ModelFile.tensors(SECOND_MOMENT, secondMoment));
    tensors.add(new Tensor(HIDDEN, stateShape(state), hidden));
    tensors.add(new Tensor(CELL, stateShape(state), cell));
    new Safetensors(metadata, tensors).write(file);
  }

  /**
   * Reads a checkpoint.
   *
   * @throws DamagedFileException if it is damaged, or no checkpoint (the message says what is
   *     missing)
   * @throws IOException if it cannot be read
   * @throws IllegalArgumentException if its vocabulary is of a type of your own; see {@link
   *     #read(Path, Vocabulary)}
   */
  public static CheckpointFile read(Path file) throws IOException {
    return read(file, Optional.empty());
  }

  /**
   * Reads a checkpoint of this vocabulary; needed only for vocabularies of a type of your own.
   *
   * @throws DamagedFileException if it is damaged, or no checkpoint (the message says what is
   *     missing)
   * @throws IOException if it cannot be read
   * @throws IllegalArgumentException if the checkpoint has another vocabulary
   */
  public static CheckpointFile read(Path file, Vocabulary vocabulary) throws IOException {
    return read(file, Optional.of(vocabulary));
  }

  /**
   * Reads where the training of a checkpoint stands; its vocabulary may be of any type.
   *
   * @throws DamagedFileException if it is damaged, or no checkpoint
   * @throws IOException if it cannot be read
   */
  public static TrainingState readState(Path file) throws IOException {
    return state(file, Safetensors.read(file)).orElseThrow(() -> noCheckpoint(file));
  }

  /**
   * Returns where the training stands, if the file is a checkpoint and not only a model.
   *
   * @throws DamagedFileException if it is damaged
   * @throws IOException if it cannot be read
   */
  public static Optional<TrainingState> findState(Path file) throws IOException {
    return state(file, Safetensors.read(file));
  }

  private static Optional<TrainingState> state(Path file, Safetensors content)
      throws DamagedFileException {
    String json = content.metadata().get(TRAINING);
    return json == null ? Optional.empty() : Optional.of(TrainingJson.read(file, TRAINING, json));
  }

  private static DamagedFileException noCheckpoint(Path file) {
    return new DamagedFileException(
        file,
        "is no checkpoint: the metadata "
            + TRAINING
            + " is missing; a model without it can be trained further, but not resumed");
  }

  private static CheckpointFile read(Path file, Optional<Vocabulary> known) throws IOException {
    Safetensors content = Safetensors.read(file);
    TrainingState state = state(file, content).orElseThrow(() -> noCheckpoint(file));
    ModelFile.Description description = ModelFile.Description.of(file, content, known);
    ArchitectureTensors tensors = description.tensors();
    ModelFile model = description.model(tensors);
    Parameters parameters =
        tensors.hasLeft(PARAMETERS) ? tensors.take(PARAMETERS) : model.parameters();
    try {
      CheckpointFile checkpoint =
          new CheckpointFile(
              model,
              parameters,
              tensors.take(FIRST_MOMENT),
              meansOfSquares(tensors.take(SECOND_MOMENT)),
              tensors.take(HIDDEN, stateShape(state)),
              tensors.take(CELL, stateShape(state)),
              state);
      tensors.requireNothingLeft();
      return checkpoint;
    } catch (IllegalArgumentException e) {
      throw new DamagedFileException(file, e.getMessage(), e);
    }
  }

  /** Adam takes their roots. */
  private static Parameters meansOfSquares(Parameters secondMoment) {
    for (float value : secondMoment.toArray()) {
      Arguments.require(
          value >= 0, "the second moment, a mean of squares, has the value %s", value);
    }
    return secondMoment;
  }
}

package org.levin.tribuo;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.oracle.labs.mlrg.olcut.util.Pair;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.io.Serial;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.levin.engine.Engine;
import org.levin.engine.EngineOptions;
import org.levin.engine.Engines;
import org.levin.engine.Network;
import org.levin.engine.NetworkState;
import org.levin.internal.Pieces;
import org.tribuo.Prediction;
import org.tribuo.classification.Label;
import org.tribuo.protos.core.SequenceModelProto;
import org.tribuo.sequence.SequenceDataset;
import org.tribuo.sequence.SequenceExample;
import org.tribuo.sequence.SequenceModel;

/**
 * A Levin model as a model of Tribuo: at each position, it predicts the most likely next symbol
 * after those of the sequence so far. A prediction has that label and no scores. Its provenance is
 * the Levin model's own.
 *
 * <p>It may be shared between threads. Its engine is opened at the first prediction, and {@link
 * #close} frees it.
 */
public final class LabelSequenceModel extends SequenceModel<Label> implements AutoCloseable {
  @Serial private static final long serialVersionUID = 1L;

  private final transient org.levin.SequenceModel model;
  private final transient SymbolLabels symbols;
  private transient Engine engine;
  private transient Network network;
  private transient boolean closed;

  private LabelSequenceModel(org.levin.SequenceModel model, SymbolLabels symbols) {
    super("", model.provenance(), symbols.features(), symbols.outputs());
    this.model = model;
    this.symbols = symbols;
  }

  /**
   * Returns the twin of a model; neither needs the other to stay open.
   *
   * @throws IllegalStateException if the model's provenance is not one that Levin writes
   */
  public static LabelSequenceModel of(org.levin.SequenceModel model) {
    return new LabelSequenceModel(model, new SymbolLabels(model.vocabulary()));
  }

  /** Returns the model that this is the twin of; {@code close} leaves it as it is. */
  public org.levin.SequenceModel model() {
    return model;
  }

  /**
   * Predicts the symbols after each position of a sequence.
   *
   * @throws IllegalArgumentException if a position has not exactly one feature, or one that is no
   *     symbol of the model
   */
  @Override
  public List<Prediction<Label>> predict(SequenceExample<Label> example) {
    return predict(List.of(example)).getFirst();
  }

  @Override
  public List<List<Prediction<Label>>> predict(SequenceDataset<Label> examples) {
    return predict(examples.getData());
  }

  /** Predicts many sequences. Neighbors of one length go through the network side by side. */
  @Override
  public List<List<Prediction<Label>>> predict(Iterable<SequenceExample<Label>> examples) {
    List<List<Prediction<Label>>> predictions = new ArrayList<>();
    List<SequenceExample<Label>> rows = new ArrayList<>();
    for (SequenceExample<Label> example : examples) {
      if (rows.size() == Pieces.MOST_ROWS
          || (!rows.isEmpty() && rows.getFirst().size() != example.size())) {
        predictions.addAll(predictRows(rows));
        rows.clear();
      }
      rows.add(example);
    }
    if (!rows.isEmpty()) {
      predictions.addAll(predictRows(rows));
    }
    return predictions;
  }

  /** Shapes: B rows, all of the same length. */
  private List<List<Prediction<Label>>> predictRows(List<SequenceExample<Label>> rows) {
    List<List<Prediction<Label>>> predictions = new ArrayList<>();
    rows.forEach(row -> predictions.add(new ArrayList<>(row.size())));
    int length = rows.getFirst().size();
    int most = Pieces.steps(rows.size(), model.vocabulary().size());
    try (NetworkState state = network().state(rows.size())) {
      for (int from = 0; from < length; from += most) {
        predictSteps(rows, from, Math.min(most, length - from), state, predictions);
      }
    }
    return predictions;
  }

  private void predictSteps(
      List<SequenceExample<Label>> rows,
      int from,
      int steps,
      NetworkState state,
      List<List<Prediction<Label>>> predictions) {
    int size = model.vocabulary().size();
    int[] inputs = new int[rows.size() * steps];
    for (int n = 0; n < inputs.length; n++) {
      inputs[n] = symbols.id(rows.get(n / steps).get(from + n % steps));
    }
    float[] logits = new float[inputs.length * size];
    network().forward(inputs, steps, state, logits);
    for (int n = 0; n < inputs.length; n++) {
      Label likeliest = symbols.label(likeliest(logits, n * size, size));
      predictions
          .get(n / steps)
          .add(new Prediction<>(likeliest, 1, rows.get(n / steps).get(from + n % steps)));
    }
  }

  /** Among equals the one with the lowest id. */
  private static int likeliest(float[] logits, int from, int size) {
    int likeliest = 0;
    for (int id = 1; id < size; id++) {
      if (logits[from + id] > logits[from + likeliest]) {
        likeliest = id;
      }
    }
    return likeliest;
  }

  private synchronized Network network() {
    if (closed) {
      throw new IllegalStateException("this model is closed");
    }
    if (network == null) {
      engine = Engines.open(Optional.empty(), EngineOptions.defaults());
      network = engine.network(model.parameters());
    }
    return network;
  }

  /** Returns nothing: which symbols matter, the weights of a network do not tell. */
  @Override
  public Map<String, List<Pair<String, Double>>> getTopFeatures(int n) {
    return Map.of();
  }

  /**
   * Returns the model as Tribuo writes it; inside are the bytes of a model file of Levin, with the
   * weights, the vocabulary and the provenance. It must be smaller than 2 GB.
   */
  @Override
  public SequenceModelProto serialize() {
    return ModelMessage.of(model, getName());
  }

  /**
   * Returns the model that {@link #serialize} wrote; Tribuo calls it.
   *
   * @throws InvalidProtocolBufferException if the message is of another form
   * @throws java.io.UncheckedIOException if what is inside is no model of Levin, or a damaged one
   */
  public static LabelSequenceModel deserializeFromProto(int version, String className, Any message)
      throws InvalidProtocolBufferException {
    ModelMessage read = ModelMessage.read(version, message);
    LabelSequenceModel model = of(read.model());
    model.setName(read.name());
    return model;
  }

  /** Refuses Java's own serialization, which Tribuo is giving up. */
  @Serial
  private void writeObject(ObjectOutputStream out) throws NotSerializableException {
    throw new NotSerializableException(
        getClass().getName() + " is written by serializeToFile, or by save of the model() inside");
  }

  /** Frees what the engine holds; predictions are {@link IllegalStateException} afterwards. */
  @Override
  public synchronized void close() {
    closed = true;
    if (network != null) {
      network.close();
      engine.close();
      network = null;
      engine = null;
    }
  }
}

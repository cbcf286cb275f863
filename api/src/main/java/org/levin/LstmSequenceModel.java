package org.levin;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.levin.engine.Engine;
import org.levin.engine.EngineOptions;
import org.levin.engine.Engines;
import org.levin.engine.Network;
import org.levin.evaluation.Score;
import org.levin.evaluation.ScoredSymbol;
import org.levin.evaluation.Scoring;
import org.levin.evaluation.ScoringOptions;
import org.levin.evaluation.TextScorer;
import org.levin.format.ModelFile;
import org.levin.model.LstmArchitecture;
import org.levin.model.Parameters;
import org.levin.provenance.ModelProvenances;
import org.levin.sampling.BatchGeneration;
import org.levin.sampling.Beam;
import org.levin.sampling.BeamSearch;
import org.levin.sampling.GenerationOptions;
import org.levin.sampling.GenerationSession;
import org.levin.sampling.Hypothesis;
import org.levin.text.Vocabulary;
import org.levin.training.Cancellation;
import org.tribuo.provenance.ModelProvenance;

/**
 * The model over an engine's network. The provenance stays JSON until somebody asks, so that
 * writing a text does not load Tribuo.
 */
final class LstmSequenceModel implements SequenceModel {
  private final ModelFile content;
  private final Optional<String> engineName;
  private Engine engine;
  private Network network;
  private boolean closed;

  /** Makes the model; {@code engineName} is the engine that was asked for, if one was. */
  LstmSequenceModel(ModelFile content, Optional<String> engineName) {
    this.content = content;
    this.engineName = engineName;
  }

  @Override
  public SequenceModel on(String engine) {
    return new LstmSequenceModel(content, Optional.of(Objects.requireNonNull(engine, "engine")));
  }

  @Override
  public LstmArchitecture architecture() {
    return content.parameters().architecture();
  }

  @Override
  public Vocabulary vocabulary() {
    return content.vocabulary();
  }

  @Override
  public Parameters parameters() {
    return content.parameters();
  }

  @Override
  public ModelProvenance provenance() {
    try {
      return ModelProvenances.fromJson(content.provenance());
    } catch (IllegalArgumentException e) {
      throw new IllegalStateException(
          "the model's provenance cannot be read: " + e.getMessage(), e);
    }
  }

  @Override
  public void save(Path file) throws IOException {
    content.write(file);
  }

  @Override
  public List<Score> scoreAll(List<String> texts, ScoringOptions options) {
    return new Scoring(network(), vocabulary(), options).score(texts);
  }

  @Override
  public TextScorer scorer(ScoringOptions options, Consumer<? super ScoredSymbol> listener) {
    return new TextScorer(network(), vocabulary(), options, listener);
  }

  @Override
  public void generateAll(
      List<String> prompts,
      GenerationOptions options,
      Consumer<? super String> listener,
      Cancellation cancellation) {
    new BatchGeneration(network(), architecture(), vocabulary(), prompts, options)
        .write(listener, cancellation);
  }

  @Override
  public List<Hypothesis> beamSearch(String prompt, Beam beam, GenerationOptions options) {
    return new BeamSearch(network(), architecture(), vocabulary(), beam, options).search(prompt);
  }

  @Override
  public GenerationSession session(GenerationOptions options) {
    return new GenerationSession(network(), vocabulary(), options);
  }

  private synchronized Network network() {
    if (closed) {
      throw new IllegalStateException("this model is closed");
    }
    if (network == null) {
      engine = Engines.open(engineName, EngineOptions.defaults());
      network = engine.network(content.parameters());
    }
    return network;
  }

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

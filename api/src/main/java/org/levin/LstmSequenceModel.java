package org.levin;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.levin.corpus.TokenSequence;
import org.levin.engine.Engine;
import org.levin.engine.EngineOptions;
import org.levin.engine.Engines;
import org.levin.engine.Network;
import org.levin.evaluation.Evaluation;
import org.levin.evaluation.Score;
import org.levin.format.ModelFile;
import org.levin.internal.Arguments;
import org.levin.model.LstmArchitecture;
import org.levin.model.Parameters;
import org.levin.provenance.ModelProvenances;
import org.levin.sampling.GenerationSession;
import org.levin.text.UnknownSymbols;
import org.levin.text.Vocabulary;
import org.tribuo.provenance.ModelProvenance;

/**
 * The model over an engine's network. The provenance stays JSON until somebody asks, so that
 * writing a text does not load Tribuo.
 */
final class LstmSequenceModel implements SequenceModel {
  private static final int MAX_TOKENS = Integer.MAX_VALUE - 8;

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
  public Score score(String text, UnknownSymbols unknown) {
    return Evaluation.score(network(), vocabulary().encode(text, unknown), vocabulary().size());
  }

  @Override
  public Score score(TokenSequence tokens) {
    Arguments.require(
        tokens.size() <= MAX_TOKENS,
        "%d tokens are too many to score at once, the limit is %d",
        tokens.size(),
        MAX_TOKENS);
    int[] ids = new int[(int) tokens.size()];
    tokens.copyTo(0, ids, 0, ids.length);
    return Evaluation.score(network(), ids, vocabulary().size());
  }

  @Override
  public GenerationSession session(long seed) {
    return new GenerationSession(network(), vocabulary(), seed);
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

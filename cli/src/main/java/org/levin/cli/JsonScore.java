package org.levin.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import org.levin.corpus.TokenSequence;
import org.levin.evaluation.Likelihood;
import org.levin.evaluation.ScoredSymbol;

/** A score as one line of JSON, written as it comes: a text may be larger than the memory. */
final class JsonScore implements ScoreOutput {
  private final PrintStream out;
  private final boolean perToken;
  private final JsonGenerator json;

  JsonScore(PrintStream out, boolean perToken) throws IOException {
    this.out = out;
    this.perToken = perToken;
    this.json = Json.MAPPER.createGenerator(out);
    json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
  }

  @Override
  public void begin(TokenSequence text) {
    write(
        () -> {
          json.writeStartObject();
          if (perToken) {
            json.writeArrayFieldStart("logProbabilities");
          }
        });
  }

  @Override
  public void symbol(ScoredSymbol symbol) {
    if (perToken) {
      write(() -> json.writeNumber(symbol.logProbability()));
    }
  }

  @Override
  public void end(Likelihood text) throws IOException {
    if (perToken) {
      json.writeEndArray();
    }
    json.writeNumberField("tokens", text.tokens());
    json.writeNumberField("natsPerToken", text.natsPerToken());
    json.writeNumberField("bitsPerToken", text.bitsPerToken());
    json.writeNumberField("perplexity", text.perplexity());
    json.writeNumberField("bitsPerByte", text.bitsPerByte());
    json.writeNumberField("logProbability", text.logProbability());
    json.writeEndObject();
    json.close();
    out.println();
  }

  /** What may fail to be written. */
  @FunctionalInterface
  private interface Writing {
    void write() throws IOException;
  }

  private static void write(Writing writing) {
    try {
      writing.write();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

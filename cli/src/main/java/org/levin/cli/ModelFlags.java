package org.levin.cli;

import java.io.IOException;
import java.nio.file.Path;
import org.levin.SequenceModel;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** A model that is put to use, and where. */
final class ModelFlags {
  @Option(names = "--model", paramLabel = "FILE", required = true, description = "The model.")
  private Path model;

  @Mixin private EngineFlag engine;

  Path file() {
    return model;
  }

  /** Loads it; the caller closes it. */
  SequenceModel load() throws IOException {
    SequenceModel loaded = SequenceModel.load(model);
    return engine.name().map(loaded::on).orElse(loaded);
  }
}

package org.levin.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.levin.training.StepMetrics;
import org.levin.training.TrainingListener;
import org.levin.training.ValidationMetrics;

/**
 * Writes what a training measures, one JSON object a line, each flushed, so that the file can be
 * followed while it grows.
 */
final class MetricsFile implements TrainingListener, AutoCloseable {
  private final Writer writer;

  private MetricsFile(Writer writer) {
    this.writer = writer;
  }

  /** Opens the file anew; without one, nothing is written. */
  static MetricsFile open(Path file) throws IOException {
    if (file == null) {
      return new MetricsFile(Writer.nullWriter());
    }
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null && !Files.isDirectory(folder)) {
      throw new NoSuchFileException(
          file.toString(), null, "there is no folder " + folder + "; make it first");
    }
    return new MetricsFile(Files.newBufferedWriter(file));
  }

  @Override
  public void stepped(StepMetrics metrics) {
    write(
        Json.MAPPER
            .createObjectNode()
            .put("event", "step")
            .put("step", metrics.step())
            .put("epoch", metrics.epoch())
            .put("loss", metrics.loss())
            .put("gradientNorm", metrics.gradientNorm())
            .put("learningRate", metrics.learningRate())
            .put("tokensPerSecond", metrics.tokensPerSecond()));
  }

  @Override
  public void validated(ValidationMetrics metrics) {
    write(
        Json.MAPPER
            .createObjectNode()
            .put("event", "validation")
            .put("step", metrics.step())
            .put("epoch", metrics.epoch())
            .put("loss", metrics.loss()));
  }

  private void write(ObjectNode line) {
    try {
      writer.write(Json.MAPPER.writeValueAsString(line) + "\n");
      writer.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    writer.close();
  }
}

package org.levin.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.channels.Channels;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.levin.format.AtomicFile;
import org.levin.training.StepMetrics;
import org.levin.training.TrainingListener;
import org.levin.training.TrainingPlan;
import org.levin.training.TrainingState;
import org.levin.training.ValidationMetrics;

/**
 * Writes what a training measures, one JSON object a line, each flushed, so that the file can be
 * followed while it grows. A training that goes on from a checkpoint goes on with its file, too.
 */
final class MetricsFile implements TrainingListener, AutoCloseable {
  private static final String STEP = "step";
  private static final String VALIDATION = "validation";

  private final Path file;
  private final PrintStream err;
  private Writer writer = Writer.nullWriter();
  private boolean isOpen;

  private MetricsFile(Path file, PrintStream err) {
    this.file = file;
    this.err = err;
  }

  /** Looks whether the file can be written; without one, nothing is. */
  static MetricsFile of(Path file, PrintStream err) throws IOException {
    if (file != null) {
      AtomicFile.check(file);
    }
    return new MetricsFile(file, err);
  }

  /** Drops what was measured after the checkpoint, since it is measured again. */
  @Override
  public void resumed(TrainingState state) {
    try {
      if (file != null && Files.exists(file)) {
        requireMetrics();
        AtomicFile.write(file, channel -> copyUntil(state, Channels.newOutputStream(channel)));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    open(StandardOpenOption.APPEND);
  }

  /** What is no file of metrics is not emptied. */
  private void requireMetrics() throws IOException {
    try (BufferedReader lines = Files.newBufferedReader(file)) {
      String first = lines.readLine();
      if (first != null && !parse(first).path(STEP).canConvertToLong()) {
        throw new FileAlreadyExistsException(
            file.toString(), null, "holds no metrics of a training; name another file");
      }
    } catch (CharacterCodingException e) {
      throw new FileAlreadyExistsException(
          file.toString(), null, "holds no metrics of a training; name another file");
    }
  }

  private void copyUntil(TrainingState state, OutputStream kept) throws IOException {
    long validated = state.lastValidation().map(ValidationMetrics::step).orElse(0L);
    try (BufferedReader lines = Files.newBufferedReader(file)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        JsonNode event = parse(line);
        long last = event.path("event").asText().equals(VALIDATION) ? validated : state.step();
        if (!event.path(STEP).canConvertToLong() || event.path(STEP).longValue() > last) {
          break;
        }
        kept.write((line + "\n").getBytes(StandardCharsets.UTF_8));
      }
    }
  }

  /** The last line may be torn. */
  private static JsonNode parse(String line) {
    try {
      return Json.MAPPER.readTree(line);
    } catch (JsonProcessingException e) {
      return MissingNode.getInstance();
    }
  }

  @Override
  public void started(TrainingPlan plan) {
    if (file != null && !isOpen) {
      open(StandardOpenOption.TRUNCATE_EXISTING);
    }
  }

  private void open(StandardOpenOption how) {
    isOpen = true;
    if (file == null) {
      return;
    }
    try {
      writer =
          Files.newBufferedWriter(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, how);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void stepped(StepMetrics metrics) {
    write(
        Json.MAPPER
            .createObjectNode()
            .put("event", STEP)
            .put(STEP, metrics.step())
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
            .put("event", VALIDATION)
            .put(STEP, metrics.step())
            .put("epoch", metrics.epoch())
            .put("loss", metrics.loss()));
  }

  /** A full disk is no reason to end a training of hours: what cannot be written is said, once. */
  private void write(ObjectNode line) {
    try {
      writer.write(Json.MAPPER.writeValueAsString(line) + "\n");
      writer.flush();
    } catch (IOException e) {
      writer = Writer.nullWriter();
      err.println(
          "warning: "
              + file
              + " can no longer be written, and training goes on: "
              + e.getMessage());
    }
  }

  @Override
  public void close() throws IOException {
    writer.close();
  }
}

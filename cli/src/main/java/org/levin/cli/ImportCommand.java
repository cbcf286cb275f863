package org.levin.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.levin.SequenceModel;
import org.levin.format.AtomicFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code levin import}: what PyTorch trained becomes a model. */
@Command(
    name = "import",
    description = {
      "Makes a model of weights that PyTorch trained.",
      "They are the state dict of an nn.LSTM named lstm and an nn.Linear named fc, in safetensors."
    })
final class ImportCommand implements Callable<Integer> {
  private final Console console;

  @Option(
      names = "--weights",
      paramLabel = "FILE",
      required = true,
      description = "The state dict, a safetensors file.")
  private Path weights;

  @Option(
      names = "--vocabulary",
      paramLabel = "FILE",
      required = true,
      description = "A JSON object from symbol to id.")
  private Path vocabulary;

  @Option(
      names = "--model",
      paramLabel = "FILE",
      required = true,
      description = "The model to write.")
  private Path output;

  ImportCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    new NamedFiles()
        .reads("--weights", weights)
        .reads("--vocabulary", vocabulary)
        .writes("--model", output);
    AtomicFile.check(output);
    try (SequenceModel model = SequenceModel.importPyTorch(weights, vocabulary)) {
      model.save(output);
      console
          .out()
          .printf(
              Locale.ROOT,
              "%s: %d layers of %d units, %,d symbols, %,d parameters%n",
              output,
              model.architecture().layers(),
              model.architecture().hiddenSize(),
              model.vocabulary().size(),
              model.parameters().count());
    }
    return 0;
  }
}

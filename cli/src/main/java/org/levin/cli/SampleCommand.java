package org.levin.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import org.levin.SequenceModel;
import org.levin.sampling.GenerationSession;
import org.levin.sampling.Sampler;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code levin sample}: a model writes. */
@Command(
    name = "sample",
    description = "Writes a text with a model: the prompt, then new characters as they are made.")
final class SampleCommand implements Callable<Integer> {
  private final Console console;

  @Option(names = "--model", paramLabel = "FILE", required = true, description = "The model.")
  private Path model;

  @Option(
      names = "--prompt",
      paramLabel = "TEXT",
      defaultValue = "",
      description = "What the text begins with; without it, as after a line break.")
  private String prompt;

  @Option(
      names = "--length",
      paramLabel = "N",
      defaultValue = "1000",
      description = "New characters to write (${DEFAULT-VALUE}).")
  private int length;

  @Option(
      names = "--temperature",
      paramLabel = "X",
      defaultValue = "1",
      description = "Below 1 plays safe, above 1 dares (${DEFAULT-VALUE}).")
  private double temperature;

  @Option(
      names = "--top-k",
      paramLabel = "K",
      description = "Choose among the K most likely characters only.")
  private Integer topK;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "The same seed gives the same text; without it, each text differs.")
  private Long seed;

  @Mixin private UnknownFlag unknown;

  SampleCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    Sampler sampler = sampler();
    if (length < 0) {
      throw new UsageException("--length must be at least 0, but was " + length);
    }
    long chosen = seed == null ? ThreadLocalRandom.current().nextLong(Integer.MAX_VALUE) : seed;
    try (SequenceModel loaded = SequenceModel.load(model);
        GenerationSession session = loaded.session(chosen)) {
      session.feed(prompt, unknown.policy());
      write(session, sampler);
    }
    if (seed == null && console.terminal()) {
      console.err().println("(the same again: --seed " + chosen + ")");
    }
    return 0;
  }

  private void write(GenerationSession session, Sampler sampler) {
    PrintStream out = console.out();
    out.print(prompt);
    // Whoever reads may have seen enough: then there is nobody to write for.
    for (int i = 0; i < length && !out.checkError(); i++) {
      out.print(session.nextText(sampler));
    }
    out.println(session.finish());
  }

  private Sampler sampler() {
    try {
      Sampler last = Sampler.temperature(temperature);
      return topK == null ? last : Sampler.topK(topK).then(last);
    } catch (IllegalArgumentException e) {
      throw new UsageException("--" + e.getMessage().replace("topK", "top-k"), e);
    }
  }
}

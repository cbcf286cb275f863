package org.levin.examples;

import java.io.IOException;
import java.nio.file.Path;
import org.levin.SequenceModel;
import org.levin.sampling.GenerationOptions;
import org.levin.sampling.GenerationSession;
import org.levin.sampling.Sampler;

/**
 * A model writes a paragraph, character by character, steered by a chain of samplers. Arguments:
 * the model, and a prompt.
 */
public final class WriteAsItComes {
  private WriteAsItComes() {}

  /** Runs the example. */
  public static void main(String[] arguments) throws IOException {
    Sampler sampler = Sampler.topK(20).then(Sampler.minP(0.02)).then(Sampler.temperature(0.8));
    GenerationOptions options =
        GenerationOptions.of(sampler).length(2_000).stopAt("\n\n", "\r\n\r\n").seed(7);

    try (SequenceModel model = SequenceModel.load(Path.of(arguments[0]));
        GenerationSession session = model.session(options)) {
      System.out.print(arguments[1]);
      session.feed(arguments[1]).write(System.out::print);
      System.out.println();
      System.out.println("(" + sampler + "; ended by " + session.ending().orElseThrow() + ")");
    }
  }
}

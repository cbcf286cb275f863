package org.levin.examples;

import java.io.IOException;
import java.nio.file.Path;
import org.levin.SequenceModel;
import org.levin.Trainer;
import org.levin.corpus.Corpus;
import org.levin.model.LstmArchitecture;
import org.levin.sampling.Sampler;

/**
 * A text goes in, a trained model comes out, and it writes. Arguments: the text, and the model file
 * to write.
 */
public final class TrainAndWrite {
  private TrainAndWrite() {}

  /** Runs the example. */
  public static void main(String[] arguments) throws IOException {
    try (Corpus corpus = Corpus.of(Path.of(arguments[0]))) {
      SequenceModel model =
          Trainer.builder()
              .architecture(LstmArchitecture.of(2, 64))
              .dropout(0.1)
              .epochs(5)
              .batchSize(16)
              .sequenceLength(50)
              .learningRate(5e-3)
              .seed(42)
              .build()
              .train(corpus);
      model.save(Path.of(arguments[1]));

      System.out.println(model.generate("The ", 300, Sampler.topK(5), 7));
      System.out.println(model.score("The text is known.").bitsPerToken() + " bits per character");
      System.out.println(model.provenance());
    }
  }
}

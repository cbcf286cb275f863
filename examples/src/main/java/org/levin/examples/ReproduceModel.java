package org.levin.examples;

import java.io.IOException;
import java.nio.file.Path;
import org.levin.ModelComparison;
import org.levin.Reproduction;
import org.levin.SequenceModel;
import org.levin.corpus.Corpus;
import org.levin.corpus.CorpusEncoder;

/**
 * Trains a model again from its own record, and says whether it is the same to the bit. Arguments:
 * the model, and the text that it was trained on.
 */
public final class ReproduceModel {
  private ReproduceModel() {}

  /** Runs the example. */
  public static void main(String[] arguments) throws IOException {
    try (SequenceModel model = SequenceModel.load(Path.of(arguments[0]));
        Corpus corpus =
            CorpusEncoder.of(Path.of(arguments[1])).vocabulary(model.vocabulary()).open()) {
      SequenceModel again = Reproduction.of(model).train(corpus);
      ModelComparison comparison = ModelComparison.of(model, again);
      System.out.println(comparison.identical() ? "identical" : "different");
      comparison.tensors().forEach(System.out::println);
      comparison.provenance().forEach(System.out::println);
    }
  }
}

package org.levin.examples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.levin.SequenceModel;
import org.levin.tribuo.LabelSequenceModel;
import org.levin.tribuo.TextSequences;
import org.tribuo.classification.Label;
import org.tribuo.classification.sequence.LabelSequenceEvaluator;
import org.tribuo.sequence.SequenceDataset;

/**
 * Tribuo's own evaluator tells how often a model's first guess is right, and which symbols it takes
 * for which. Arguments: the model, and a text.
 */
public final class JudgeWithTribuo {
  private JudgeWithTribuo() {}

  /** Runs the example. */
  public static void main(String[] arguments) throws IOException {
    String text = Files.readString(Path.of(arguments[1]));
    try (SequenceModel model = SequenceModel.load(Path.of(arguments[0]));
        LabelSequenceModel judged = LabelSequenceModel.of(model)) {
      SequenceDataset<Label> sequences = TextSequences.of(text, model.vocabulary(), 500);
      System.out.println(new LabelSequenceEvaluator().evaluate(judged, sequences));
    }
  }
}

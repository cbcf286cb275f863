package org.levin.examples;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.levin.SequenceModel;
import org.levin.constraint.Constraint;
import org.levin.sampling.GenerationOptions;
import org.levin.sampling.Sampler;

/**
 * Invents names that match a pattern, whatever the model was trained on. Arguments: the model, and
 * how many.
 */
public final class InventNames {
  private InventNames() {}

  /** Runs the example. */
  public static void main(String[] arguments) throws IOException {
    try (SequenceModel model = SequenceModel.load(Path.of(arguments[0]))) {
      GenerationOptions options =
          GenerationOptions.of(Sampler.topP(0.95))
              .constraint(
                  Constraint.matching("[A-Z][a-z]{3,8}(-[A-Z][a-z]{3,8})?", model.vocabulary()))
              .length(20);
      List<String> prompts = Collections.nCopies(Integer.parseInt(arguments[1]), "Her name was ");
      model.generateAll(prompts, options).forEach(System.out::println);
    }
  }
}

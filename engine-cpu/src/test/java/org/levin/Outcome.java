package org.levin;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.levin.format.CheckpointFile;
import org.levin.format.ModelFile;
import org.levin.format.Sha256;
import org.levin.format.Tensor;
import org.levin.model.Parameters;
import org.levin.training.ValidationMetrics;

/**
 * All that a checkpoint holds of a training's course; two that went the same way are equal.
 *
 * @param step the last one done
 * @param model digest of the model's parameters: the best ones, where patience is set
 * @param digests of the last parameters, of both moments, and of hidden and cell state
 * @param trainingLoss of the last step
 * @param validations all
 */
record Outcome(
    long step,
    String model,
    List<String> digests,
    double trainingLoss,
    List<ValidationMetrics> validations) {

  static Outcome of(Path checkpoint) throws IOException {
    CheckpointFile file = CheckpointFile.read(checkpoint);
    Stream<String> parameters =
        Stream.of(file.parameters(), file.firstMoment(), file.secondMoment()).map(Outcome::digest);
    Stream<String> state =
        Stream.of(file.hidden(), file.cell())
            .map(values -> Tensor.of("state", values, values.length))
            .map(tensor -> Sha256.ofTensors(List.of(tensor)));
    return new Outcome(
        file.state().step(),
        digest(file.model().parameters()),
        Stream.concat(parameters, state).toList(),
        file.state().trainingLoss(),
        file.state().validations());
  }

  private static String digest(Parameters parameters) {
    return Sha256.ofTensors(ModelFile.tensors(parameters));
  }
}

package org.levin;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.levin.corpus.Corpus;
import org.levin.corpus.Split;
import org.levin.format.CheckpointFile;
import org.levin.internal.Arguments;
import org.levin.training.TrainingOptions;
import org.levin.training.TrainingState;

/** Reads the checkpoint to go on from, once it is sure that it is of this very training. */
record Resumption(Trainer trainer, Corpus corpus, Split split, long stepsPerEpoch) {

  /**
   * Reads the checkpoint.
   *
   * @throws IllegalArgumentException if it was begun with another option, text, batcher or model to
   *     start from; the message says which
   * @throws UncheckedIOException if it cannot be read
   */
  CheckpointFile read(Path file) {
    try {
      requireThisTraining(file, CheckpointFile.readState(file));
      return CheckpointFile.read(file, corpus.vocabulary());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void requireThisTraining(Path file, TrainingState state) {
    requireSameOptions(file, trainer.options(), state.options());
    Trainer.describe(corpus, split)
        .differenceFrom(state.corpus())
        .ifPresent(
            difference -> {
              throw new IllegalArgumentException(
                  "%s was begun with another corpus: this one has %s".formatted(file, difference));
            });
    String batcher = RunRecord.describe(trainer.batcher());
    Arguments.require(
        state.batcher().equals(batcher) && state.stepsPerEpoch() == stepsPerEpoch,
        "%s was begun with another batcher: %s, not %s",
        file,
        state.batcher(),
        batcher);
    trainer
        .start()
        .ifPresent(
            model ->
                Arguments.require(
                    state.start().equals(Optional.of(RunRecord.digest(model))),
                    "%s was not begun with the parameters of the model to start from",
                    file));
  }

  /** Throws {@link IllegalArgumentException} that names the first option that differs. */
  static void requireSameOptions(Path checkpoint, TrainingOptions given, TrainingOptions begun) {
    Map<String, Object> expected = begun.toMap();
    Map<String, Object> actual = given.toMap();
    Set<String> names = new LinkedHashSet<>(expected.keySet());
    names.addAll(actual.keySet());
    for (String name : names) {
      Optional<Object> value = Optional.ofNullable(actual.get(name));
      Optional<Object> before = Optional.ofNullable(expected.get(name));
      Arguments.require(
          value.equals(before),
          "%s is %s, but %s was begun %s",
          name,
          value.map(Object::toString).orElse("not set"),
          checkpoint,
          before.map(begunWith -> "with " + begunWith).orElse("without it"));
    }
  }
}

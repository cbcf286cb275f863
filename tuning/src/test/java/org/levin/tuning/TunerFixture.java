package org.levin.tuning;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.levin.SequenceModel;
import org.levin.corpus.Corpus;
import org.levin.training.Cancellation;
import org.levin.training.TrainingOptions;
import org.levin.tuning.journal.EvaluationShape;
import org.levin.tuning.space.SearchSpace;

/** A small text, a small search, and folders for studies. */
abstract class TunerFixture {
  static final String TEXT =
      Stream.iterate(1, i -> i + 1)
          .limit(900)
          .map(i -> i + " green bottles hang on the wall, and " + i * i + " fall\n")
          .collect(Collectors.joining());

  @TempDir Path folder;

  private final Path file = Path.of("study.jsonl");

  static Tuner.Builder tuner() {
    return Tuner.builder()
        .space(
            SearchSpace.parse(
                "layers=1|2",
                "hiddenSize=4..24/4",
                "learningRate=1e-3..1e-1 log",
                "dropout=0..0.4"))
        .options(TrainingOptions.builder().batchSize(8).sequenceLength(16).build())
        .evaluation(new EvaluationShape(4, 16, 2_000))
        .trialSteps(18)
        .rungs(3)
        .trials(12)
        .seed(3);
  }

  Path study(String name) {
    return folder.resolve(name).resolve(file);
  }

  Tuned tune(Tuner tuner, String name) throws IOException {
    return tune(tuner, name, TuningListener.none(), new Cancellation());
  }

  Tuned tune(Tuner tuner, String name, TuningListener listener, Cancellation cancellation)
      throws IOException {
    Files.createDirectories(study(name).getParent());
    try (Corpus corpus = Corpus.of(TEXT)) {
      return tuner.tune(corpus, study(name), listener, cancellation);
    }
  }

  static SequenceModel model(Tuned tuned) throws IOException {
    return tuned.model(tuned.best().orElseThrow());
  }

  static String onlyFileIn(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      List<String> names = files.map(file -> file.getFileName().toString()).toList();
      assertEquals(1, names.size(), names::toString);
      return names.getFirst();
    }
  }
}

package org.levin.examples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.levin.SequenceModel;
import org.levin.evaluation.Score;
import org.levin.evaluation.ScoringOptions;
import org.levin.text.UnknownSymbols;

/**
 * Finds the lines of a log that are least like the log a model was trained on. Arguments: the
 * model, and the log.
 */
public final class StrangestLines {
  private StrangestLines() {}

  /** Runs the example. */
  public static void main(String[] arguments) throws IOException {
    List<String> lines =
        Files.readAllLines(Path.of(arguments[1])).stream().filter(line -> !line.isBlank()).toList();
    ScoringOptions atLineStart =
        ScoringOptions.defaults().after("").unknownSymbols(UnknownSymbols.skip());

    try (SequenceModel model = SequenceModel.load(Path.of(arguments[0]))) {
      List<Score> scores = model.scoreAll(lines, atLineStart);
      IntStream.range(0, lines.size())
          .boxed()
          .sorted(Comparator.comparingDouble(i -> -scores.get(i).bitsPerToken()))
          .limit(10)
          .forEach(
              i -> System.out.printf("%6.2f  %s%n", scores.get(i).bitsPerToken(), lines.get(i)));
    }
  }
}

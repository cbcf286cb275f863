package org.levin.tuning.comparison;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.levin.tuning.comparison.Comparison.Contestant;
import org.levin.tuning.journal.StudyRecord;
import org.levin.tuning.strategy.GeneticStrategy;
import org.levin.tuning.strategy.RandomStrategy;
import org.levin.tuning.strategy.Strategy;

/**
 * Makes the table, where it is given a text, and prints how strategies compare on it.
 *
 * <p>Arguments: the table; and to make it anew the text, the study's file, which is taken up if it
 * is there, and the number of workers.
 */
final class CompareStrategies {
  private static final int[] TRAININGS = {4, 6, 8, 12, 16, 24, 36};
  private static final int HALVING = 4;

  private CompareStrategies() {}

  public static void main(String[] arguments) throws IOException {
    Path file = Path.of(arguments[0]);
    if (arguments.length > 1) {
      MakeTable.make(Path.of(arguments[1]), Path.of(arguments[2]), Integer.parseInt(arguments[3]));
      Table.of(StudyRecord.read(Path.of(arguments[2]))).write(file);
    }
    Table table = Table.read(file);
    List<String> lines = new ArrayList<>();
    regrets(table, lines);
    lines.add("");
    tests(table, lines);
    lines.forEach(System.out::println);
    if (arguments.length == 1) {
      Files.write(Path.of("target", "comparison.md"), lines);
    }
  }

  private static List<Contestant> contestants(double trainings) {
    Strategy genetic = GeneticStrategy.defaults();
    return List.of(
        new Contestant("halving (the default)", genetic, HALVING, trainings),
        new Contestant("genetic", genetic, 1, trainings),
        new Contestant("random with halving", new RandomStrategy(9), HALVING, trainings),
        new Contestant("random", new RandomStrategy(9), 1, trainings));
  }

  private static void regrets(Table table, List<String> lines) {
    StringBuilder head = new StringBuilder("| strategy |");
    for (int trainings : TRAININGS) {
      head.append(' ').append(trainings).append(" |");
    }
    lines.add(head.toString());
    lines.add("|---|" + "---|".repeat(TRAININGS.length));
    for (int i = 0; i < contestants(1).size(); i++) {
      StringBuilder line = new StringBuilder("| " + contestants(1).get(i).name() + " |");
      for (int trainings : TRAININGS) {
        double median = Comparison.median(contestants(trainings).get(i).regrets(table));
        line.append(String.format(Locale.ROOT, " %.4f |", median));
      }
      lines.add(line.toString());
    }
  }

  private static void tests(Table table, List<String> lines) {
    lines.add(
        "| trainings | halving against random with twice the work | chance | halving with a third of the work against genetic |");
    lines.add("|---|---|---|---|");
    for (int trainings : TRAININGS) {
      Comparison random =
          Comparison.of(
              table, contestants(trainings).getFirst(), contestants(2.0 * trainings).getLast());
      Comparison whole =
          Comparison.of(
              table, contestants(trainings / 3.0).getFirst(), contestants(trainings).get(1));
      lines.add(
          String.format(
              Locale.ROOT,
              "| %d | %+.2f %% | %.2g | %+.2f %% |",
              trainings,
              100 * random.worse(),
              random.chance(),
              100 * whole.worse()));
    }
  }
}

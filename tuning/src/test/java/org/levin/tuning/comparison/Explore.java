package org.levin.tuning.comparison;

import java.nio.file.Path;
import java.util.*;
import java.util.stream.*;
import org.levin.tuning.journal.StudyRecord;
import org.levin.tuning.strategy.*;

final class Explore {
  public static void main(String[] a) throws Exception {
    var study = StudyRecord.read(Path.of(a[0]));
    int points = Integer.parseInt(a[1]);
    int seeds = Integer.parseInt(a[2]);
    Replay r = Replay.of(study.trials(), 40, points);
    long last = 40L * points;
    System.out.println(r.losses().size() + " configs, best " + r.least());
    var sorted =
        r.losses().keySet().stream()
            .filter(c -> Double.isFinite(r.last(c)))
            .sorted(Comparator.comparingDouble(r::last))
            .toList();
    for (int i : new int[] {0, 1, 2, 3, 5, 10, 20, 50, 100, 200, 400})
      if (i < sorted.size())
        System.out.println(i + " " + r.last(sorted.get(i)) + " " + sorted.get(i));
    // rank correlation rung->final
    for (int p : new int[] {1, 3, points / 3}) {
      var byP =
          sorted.stream()
              .sorted(Comparator.comparingDouble(c -> r.losses().get(c).get(p - 1)))
              .toList();
      System.out.println(
          "best final at rank "
              + IntStream.range(0, 5).map(i -> byP.indexOf(sorted.get(i))).boxed().toList()
              + " after point "
              + p);
    }
    for (int n : new int[] {6, 10, 15, 20, 30}) {
      long steps = n * last;
      line(
          r,
          "random n=" + n,
          seeds,
          s -> r.found(new RandomStrategy(9), Rungs.whole(last), steps, s));
      line(
          r,
          "random 2n",
          seeds,
          s -> r.found(new RandomStrategy(9), Rungs.whole(last), 2 * steps, s));
      line(
          r,
          "genetic whole n",
          seeds,
          s -> r.found(new GeneticStrategy(9, 6), Rungs.whole(last), steps, s));
      for (int rungs : new int[] {3, 4})
        for (int g : new int[] {9, 12, 18, 27})
          for (int p : new int[] {4, 8}) {
            line(
                r,
                "gen+halv n r" + rungs + " g" + g + " p" + p,
                seeds,
                s -> r.found(new GeneticStrategy(g, p), Rungs.halving(last, rungs), steps, s));
            line(
                r,
                "    n/3",
                seeds,
                s -> r.found(new GeneticStrategy(g, p), Rungs.halving(last, rungs), steps / 3, s));
          }
      line(
          r,
          "rand+halv n",
          seeds,
          s -> r.found(new RandomStrategy(18), Rungs.halving(last, 3), steps, s));
    }
  }

  static void line(Replay r, String name, int seeds, java.util.function.LongToDoubleFunction f) {
    double[] x =
        LongStream.range(0, seeds).mapToDouble(f).map(l -> l - r.least()).sorted().toArray();
    System.out.printf(
        "%-28s median %.4f  mean %.4f  worst %.4f%n",
        name, x[seeds / 2], Arrays.stream(x).average().orElse(0), x[seeds - 1]);
  }
}

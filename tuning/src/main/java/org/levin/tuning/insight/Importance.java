package org.levin.tuning.insight;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;
import org.levin.tuning.journal.StudyRecord;

/**
 * Which parameters mattered in a study: how much worse a forest of regression trees foretells the
 * losses of trials when the values of one parameter are permuted among them.
 *
 * <p>Every tree learns from trials drawn with replacement and is asked about those that were not
 * drawn; the growth of its squared errors there, summed over all trees, is the importance. The
 * steps of training are one more column, which is not reported: so trials that ended at early rungs
 * count, too. Losses far above all others (more than three times the distance of the quartiles
 * above the upper one) are brought in to that bound, or trainings that diverged would decide all.
 *
 * <p>It tells what mattered where the study looked: a parameter that is good everywhere in its
 * range shows little, and values that the study always changed together share what they did. The
 * same study gives the same numbers.
 *
 * @param shares of all parameters, the greatest first
 * @param trials how many were measured
 * @param explained which part of the squared differences between losses at the same steps the
 *     forest foretells of trials that it has not seen: at most 1; where it is 0 or less, the shares
 *     mean nothing
 * @see <a href="https://doi.org/10.1023/A:1010933404324">Breiman, Random Forests (2001), section
 *     10</a>
 */
public record Importance(List<Share> shares, int trials, double explained) {
  /** With fewer trials a forest sees nothing but chance. */
  public static final int FEWEST_TRIALS = 8;

  /** Correlations of this many standard deviations, were there none, are told as a direction. */
  private static final double CLEAR = 3;

  private static final String MORE = "more is better";
  private static final String LESS = "less is better";
  private static final int LONGEST_WORDS = MORE.length();
  private static final int PERCENT = "  100 %".length();

  /** Takes a copy. */
  public Importance {
    shares = List.copyOf(shares);
  }

  /**
   * What a parameter did.
   *
   * @param parameter its name
   * @param share of what all parameters did, {@code [0,1]}; all sum to 1, or are 0 if none did
   *     anything
   * @param trend how the loss goes with its value; nothing if its values are texts, or one only
   */
  public record Share(String parameter, double share, Optional<Trend> trend) {}

  /**
   * How the loss goes with a number.
   *
   * @param correlation of their ranks (Spearman's), {@code [-1,1]}; below 0 where greater values
   *     have smaller losses
   * @param trials that it was taken over: those with a measurement after {@code steps} in which the
   *     parameter counts
   * @param steps of training in all, the rung that most trials reached
   */
  public record Trend(double correlation, int trials, long steps) {

    /**
     * Returns whether it is more than chance would give: more than three standard deviations,
     * {@code 1/sqrt(trials - 1)} each, from 0.
     */
    public boolean isClear() {
      return Math.abs(correlation) * Math.sqrt(trials - 1.0) > CLEAR;
    }
  }

  /**
   * Returns what mattered; nothing if fewer than {@link #FEWEST_TRIALS} trials were measured.
   *
   * <p>It takes seconds where there are thousands of trials; of each, four rungs at most are used.
   */
  public static Optional<Importance> of(StudyRecord study) {
    List<Scale> scales = Scale.of(study);
    Features features = Features.of(study, scales);
    if (features.trials().size() < FEWEST_TRIALS) {
      return Optional.empty();
    }
    Forest forest = Forest.grow(features.withoutOutliers());
    double[] growth = Arrays.stream(forest.growth()).map(value -> Math.max(value, 0)).toArray();
    double sum = DoubleStream.of(growth).sum();
    long steps = Trends.commonSteps(study);
    List<Share> shares = new ArrayList<>();
    for (int i = 0; i < growth.length; i++) {
      double share = sum > 0 ? growth[i] / sum : 0;
      shares.add(new Share(scales.get(i).name(), share, Trends.of(study, scales.get(i), steps)));
    }
    shares.sort(Comparator.comparingDouble(Share::share).reversed());
    return Optional.of(new Importance(shares, features.trials().size(), forest.explained()));
  }

  /**
   * Returns the shares as bars, a parameter a line, each line with its break; the first line says
   * what they rest on.
   *
   * @param width of the lines, at least 40 characters
   */
  public String toText(int width) {
    Drawing.requireWidth(width);
    boolean trends = shares.stream().anyMatch(share -> !words(share).isEmpty());
    int names =
        shares.stream().mapToInt(each -> Drawing.name(each.parameter()).length()).max().orElse(0);
    StringBuilder text = new StringBuilder();
    text.append(trials).append(" trials, ");
    text.append(explained > 0 ? percent(explained) + " explained" : "which show chance only");
    text.append('\n');
    for (Share share : shares) {
      String line =
          Drawing.left(Drawing.name(share.parameter()), names)
              + Drawing.right(percent(share.share()), PERCENT)
              + " "
              + (trends ? Drawing.left(words(share), LONGEST_WORDS + 1) : "");
      text.append((line + Drawing.bar(share.share(), width - line.length())).stripTrailing());
      text.append('\n');
    }
    return text.toString();
  }

  private static String percent(double share) {
    return Math.round(100 * share) + " %";
  }

  private static String words(Share share) {
    return share
        .trend()
        .filter(Trend::isClear)
        .map(trend -> trend.correlation() < 0 ? MORE : LESS)
        .orElse("");
  }
}

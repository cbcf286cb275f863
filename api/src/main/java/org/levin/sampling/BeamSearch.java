package org.levin.sampling;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.levin.engine.Network;
import org.levin.engine.NetworkState;
import org.levin.internal.Arguments;
import org.levin.internal.Softmax;
import org.levin.model.LstmArchitecture;
import org.levin.text.Vocabulary;

/**
 * Looks for the most likely texts after a prompt: follows the best {@code width} beginnings at
 * once, each by every symbol, and keeps the best of all. With a width of 1 it is greedy; the wider,
 * the nearer to the best there is. Nothing is random.
 *
 * <p>The sampler of the options reshapes the distributions that texts are judged by; constraint,
 * stop strings and length end texts, and the seed is not used.
 *
 * @see <a href="https://arxiv.org/abs/1609.08144">Wu et al. (2016), section 7, on normalizing by
 *     length</a>
 */
public final class BeamSearch {
  /** A text is copied at each step, for each path. */
  private static final int LONGEST = 10_000;

  private static final Comparator<Hypothesis> BEST_FIRST =
      Comparator.comparingDouble(Hypothesis::score).reversed();

  private final Network network;
  private final LstmArchitecture architecture;
  private final Vocabulary vocabulary;
  private final Beam beam;
  private final GenerationOptions options;
  private final List<Hypothesis> found = new ArrayList<>();

  /**
   * Prepares a search; the network must stay open.
   *
   * @throws IllegalArgumentException if the length is above 10,000
   */
  public BeamSearch(
      Network network,
      LstmArchitecture architecture,
      Vocabulary vocabulary,
      Beam beam,
      GenerationOptions options) {
    this.network = network;
    this.architecture = architecture;
    this.vocabulary = vocabulary;
    this.beam = beam;
    this.options = options;
    Arguments.require(
        options.length() <= LONGEST,
        "length must be at most %d for a beam search, but was %d",
        LONGEST,
        options.length());
  }

  /** A text that may go on, and the natural logarithm of its probability. */
  private record Path(Continuation text, String written, double logProbability) {}

  /**
   * A path with one symbol more.
   *
   * @param probability of the symbol
   * @param logProbability of the text
   */
  private record Step(int path, int id, double probability, double logProbability) {}

  /**
   * Returns the best texts, the best first; fewer than were asked for if there are no more. Where
   * the same text was found with several endings, the likeliest counts.
   *
   * @throws org.levin.text.UnknownSymbolException if the vocabulary lacks a symbol of the prompt
   *     and the policy is to fail
   * @throws IllegalArgumentException if the constraint is one of another vocabulary, or allows no
   *     text so short
   * @throws IllegalStateException if the network's logits are no finite numbers, or the sampler
   *     leaves nothing to choose from
   */
  public List<Hypothesis> search(String prompt) {
    found.clear();
    int[] ids = vocabulary.encode(prompt, options.unknownSymbols());
    Continuation text = new Continuation(vocabulary, options, options.seed());
    text.read(ids);
    if (options.length() == 0) {
      return List.of(new Hypothesis("", 0, 0, text.endingByLength()));
    }
    try (NetworkRow row = new NetworkRow(network, vocabulary);
        NetworkState state = network.state(beam.width())) {
      row.read(ids);
      float[] logits = row.logits();
      StateRows.of(architecture, row.memory()).select(new int[beam.width()]).storeIn(state);
      List<Path> paths = List.of(new Path(text, "", 0));
      for (long length = 1; !paths.isEmpty(); length++) {
        List<Step> chosen = new ArrayList<>();
        paths = extend(paths, logits, length, chosen);
        if (paths.isEmpty() || !canBetter(paths.getFirst())) {
          break;
        }
        logits = read(chosen, state);
      }
    }
    if (found.isEmpty()) {
      throw new IllegalStateException("the sampler bans all that could follow");
    }
    return List.copyOf(found);
  }

  /**
   * Returns the best texts of {@code length} symbols that may go on; those that end are found.
   *
   * @param logits {@code [paths,V]} of what may follow
   * @param chosen is given the steps to what is returned
   */
  private List<Path> extend(List<Path> paths, float[] logits, long length, List<Step> chosen) {
    int symbols = vocabulary.size();
    List<Step> steps = new ArrayList<>();
    for (int i = 0; i < paths.size(); i++) {
      float[] own = Arrays.copyOfRange(logits, i * symbols, (i + 1) * symbols);
      Path path = paths.get(i);
      float[] shaped = path.text.shape(own);
      double end = path.text.mustEnd(shaped) ? 1 : path.text.endProbability(own);
      if (end > 0) {
        double logProbability = path.logProbability + StrictMath.log(end);
        find(path.written, logProbability, length - 1, Ending.COMPLETE);
      }
      if (end < 1 && !Softmax.isEmpty(shaped)) {
        addSteps(i, shaped, path.logProbability + StrictMath.log1p(-end), steps);
      }
    }
    // Stable, so that equals stay in the order of paths and ids.
    steps.sort(Comparator.comparingDouble(Step::logProbability).reversed());
    List<Path> longer = new ArrayList<>();
    boolean last = length == options.length();
    for (int i = 0; i < steps.size() && longer.size() < beam.width(); i++) {
      Step step = steps.get(i);
      if (last && isFull() && beam.score(step.logProbability, length) < found.getLast().score()) {
        break;
      }
      int from = step.path * symbols;
      Path next =
          take(paths.get(step.path), step, Arrays.copyOfRange(logits, from, from + symbols));
      if (next.text.ending().isPresent()) {
        find(next.written, next.logProbability, length, next.text.ending().get());
      } else {
        longer.add(next);
        chosen.add(step);
      }
    }
    return longer;
  }

  private static void addSteps(int index, float[] shaped, double logProbability, List<Step> steps) {
    double[] probabilities = Softmax.probabilities(shaped);
    for (int id = 0; id < probabilities.length; id++) {
      double probability = probabilities[id];
      if (probability > 0) {
        steps.add(new Step(index, id, probability, logProbability + StrictMath.log(probability)));
      }
    }
  }

  private Path take(Path path, Step step, float[] logits) {
    Continuation text = new Continuation(path.text, options.seed());
    text.write(step.id, step.probability, logits);
    StringBuilder written = new StringBuilder(path.written);
    text.drain(symbol -> written.append(symbol.text()));
    return new Path(text, written.toString(), step.logProbability);
  }

  private void find(String text, double logProbability, long length, Ending ending) {
    double score = beam.score(logProbability, length);
    if (found.stream().anyMatch(other -> other.text().equals(text) && other.score() >= score)) {
      return;
    }
    found.removeIf(other -> other.text().equals(text));
    found.add(new Hypothesis(text, logProbability, score, ending));
    found.sort(BEST_FIRST);
    if (found.size() > beam.best()) {
      found.removeLast();
    }
  }

  private boolean isFull() {
    return found.size() == beam.best();
  }

  /** A text only gets less likely; at best it does no more, and grows as long as it may. */
  private boolean canBetter(Path best) {
    return !isFull() || beam.score(best.logProbability, options.length()) > found.getLast().score();
  }

  /** Reads the chosen symbols, each after its path; returns the logits of what may follow. */
  private float[] read(List<Step> chosen, NetworkState state) {
    int[] ids = new int[beam.width()];
    int[] paths = new int[beam.width()];
    for (int i = 0; i < chosen.size(); i++) {
      ids[i] = chosen.get(i).id;
      paths[i] = chosen.get(i).path;
    }
    StateRows.of(architecture, state).select(paths).storeIn(state);
    float[] logits = new float[ids.length * vocabulary.size()];
    network.forward(ids, 1, state, logits);
    return logits;
  }
}

package org.levin.sampling;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.levin.internal.Arguments;
import org.levin.text.Vocabulary;

/**
 * Reshapes the distribution that the next symbol is drawn from, by changing its logits. To bring a
 * sampler of your own, implement {@link #reshape}; a lambda will do.
 *
 * <p>The draw itself is the session's: symbol {@code v} is taken with probability {@code
 * softmax(logits)[v]}. A sampler is a value and may be shared: what it learns from the text is in
 * the sampler that {@link #after} returns for what follows. {@link #then} makes a chain, whose
 * order is that of the calls and is printed by {@code toString}.
 */
@FunctionalInterface
public interface Sampler {
  /** Symbols that the penalties look back on, unless told otherwise. */
  int DEFAULT_PENALTY_WINDOW = 64;

  /** How fast {@link #mirostat} corrects itself, unless told otherwise. */
  double DEFAULT_MIROSTAT_RATE = 0.1;

  /**
   * Changes the logits in place.
   *
   * @param logits {@code [V]}; modified; {@link Float#NEGATIVE_INFINITY} bans a symbol. Where none
   *     is left, the draw is an error, or a text that its constraint calls complete ends
   */
  void reshape(float[] logits);

  /**
   * Returns the sampler for what follows symbol {@code id}, which was read in a prompt or drawn:
   * this one, unless it looks at the text.
   */
  default Sampler after(int id) {
    return this;
  }

  /**
   * Returns the sampler for what follows symbol {@code id}, which was drawn.
   *
   * @param probability with which it was drawn, all reshaping done
   */
  default Sampler afterDraw(int id, double probability) {
    return after(id);
  }

  /** Returns the sampler that does this and then {@code next}. */
  default Sampler then(Sampler next) {
    return new SamplerChain(this, next);
  }

  /** Returns the sampler that changes nothing: the model's own distribution. */
  static Sampler unchanged() {
    return temperature(1);
  }

  /**
   * Returns the sampler that divides the logits: below 1 the likely becomes likelier, above 1 less
   * so.
   *
   * @param temperature above 0; for the limit of 0 see {@link #greedy()}
   */
  static Sampler temperature(double temperature) {
    return new Temperature(temperature);
  }

  /** Returns the sampler that divides the logits by a temperature that changes along the text. */
  static Sampler temperature(TemperatureSchedule schedule) {
    return new ScheduledTemperature(schedule, 0);
  }

  /**
   * Returns the sampler that keeps the {@code k} most likely symbols; among equals, those with the
   * lower ids.
   *
   * @param k at least 1; more than there are symbols keeps all
   * @see <a href="https://arxiv.org/abs/1805.04833">Fan, Lewis &amp; Dauphin (2018)</a>
   */
  static Sampler topK(int k) {
    return new TopK(k);
  }

  /** Returns the sampler that leaves only the most likely symbol. */
  static Sampler greedy() {
    return topK(1);
  }

  /**
   * Returns the sampler that keeps the fewest most likely symbols whose probabilities sum to at
   * least {@code p}; among equals, those with the lower ids first.
   *
   * @param p above 0, at most 1
   * @see <a href="https://arxiv.org/abs/1904.09751">Holtzman, Buys, Du, Forbes &amp; Choi
   *     (2020)</a>
   */
  static Sampler topP(double p) {
    return new TopP(p);
  }

  /**
   * Returns the sampler that keeps the symbols at least {@code p} times as likely as the most
   * likely one.
   *
   * @param p above 0, at most 1
   * @see <a href="https://arxiv.org/abs/2407.01082">Nguyen et al. (2024)</a>
   */
  static Sampler minP(double p) {
    return new MinP(p);
  }

  /**
   * Returns the sampler that keeps the fewest symbols of total probability at least {@code p} whose
   * surprise {@code -ln p(v)} is nearest to the expected one, the entropy: neither what is too
   * likely nor what is too unlikely.
   *
   * @param p above 0, at most 1
   * @see <a href="https://arxiv.org/abs/2202.00666">Meister, Pimentel, Wiher &amp; Cotterell
   *     (2023)</a>
   */
  static Sampler typical(double p) {
    return new Typical(p);
  }

  /**
   * Returns the sampler that makes the symbols of the last {@link #DEFAULT_PENALTY_WINDOW} less
   * likely; see {@link #penalties}.
   *
   * @param repetition above 0; 1 changes nothing
   */
  static Sampler repetitionPenalty(double repetition) {
    return penalties(repetition, 0, 0, DEFAULT_PENALTY_WINDOW);
  }

  /**
   * Returns the sampler that makes the symbols of the last {@code window} less likely, prompt
   * included: a logit above 0 is divided by {@code repetition}, another multiplied by it; then
   * {@code frequency} times the number of times that the symbol occurred, and {@code presence} once
   * if it did, is subtracted. The division looks at the logits' sign: put penalties first in a
   * chain, where logits are the model's.
   *
   * <p>Characters recur far more often than words do: small values go a long way.
   *
   * @param repetition above 0; 1 changes nothing
   * @param frequency finite; 0 changes nothing, below 0 favors what occurred
   * @param presence finite; 0 changes nothing, below 0 favors what occurred
   * @param window in {@code [1, 4096]}
   * @see <a href="https://arxiv.org/abs/1909.05858">Keskar et al. (2019), for the division</a>
   */
  static Sampler penalties(double repetition, double frequency, double presence, int window) {
    return new Penalties(repetition, frequency, presence, RecentSymbols.of(window));
  }

  /**
   * Returns the sampler that adds a number to the logits of some symbols.
   *
   * @param bias by id; at most 1e30 either way, or {@link Double#NEGATIVE_INFINITY} to ban the
   *     symbol; copied
   */
  static Sampler bias(Map<Integer, Double> bias) {
    return new Bias(new TreeMap<>(bias));
  }

  /**
   * Returns the sampler that adds a number to the logits of the characters of {@code symbols}.
   *
   * @param symbols characters that are one symbol each
   * @param bias at most 1e30 either way, or {@link Double#NEGATIVE_INFINITY} to ban them
   * @throws org.levin.text.UnknownSymbolException if the vocabulary lacks one
   * @throws IllegalArgumentException if there is none, or one takes several symbols, as most do in
   *     a vocabulary of bytes
   */
  static Sampler bias(Vocabulary vocabulary, String symbols, double bias) {
    Arguments.require(!symbols.isEmpty(), "name the symbols that the bias is for");
    SortedMap<Integer, Double> biases = new TreeMap<>();
    symbols
        .codePoints()
        .mapToObj(Character::toString)
        .forEach(
            symbol -> {
              int[] ids = vocabulary.encode(symbol);
              Arguments.require(
                  ids.length == 1,
                  "a bias is for single symbols, but \"%s\" takes %d in this vocabulary",
                  symbol,
                  ids.length);
              biases.put(ids[0], bias);
            });
    return bias(biases);
  }

  /** Returns the sampler that bans the characters of {@code symbols}; see {@link #bias}. */
  static Sampler ban(Vocabulary vocabulary, String symbols) {
    return bias(vocabulary, symbols, Double.NEGATIVE_INFINITY);
  }

  /**
   * Returns the sampler that steers the text towards a surprise of {@code surprise} bits a symbol
   * (Mirostat 2): it keeps the symbols whose own surprise is at most a bound, or the most likely
   * one if none is, and moves the bound after each draw. Put it last in a chain: the surprise is
   * that of the distribution which is drawn from. A target above what the model itself would write
   * changes nothing.
   *
   * @param surprise the target, in bits a symbol, above 0; text of a good character model has 1 to
   *     3
   * @param rate how much of each error the bound is moved by, above 0; {@link
   *     #DEFAULT_MIROSTAT_RATE} is usual
   * @see <a href="https://arxiv.org/abs/2007.14966">Basu, Ramachandran, Keskar &amp; Varshney
   *     (2021)</a>
   */
  static Sampler mirostat(double surprise, double rate) {
    return new Mirostat(surprise, rate, 2 * surprise);
  }
}

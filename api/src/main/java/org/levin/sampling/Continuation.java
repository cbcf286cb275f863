package org.levin.sampling;

import java.util.ArrayDeque;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Queue;
import java.util.function.Consumer;
import org.levin.internal.Philox;
import org.levin.internal.Softmax;
import org.levin.text.TextDecoder;
import org.levin.text.Vocabulary;

/**
 * A text in the making, apart from the network: draws symbols, turns them into text, and knows when
 * it ends. Draw {@code n} of a seed is the same whatever other texts do.
 */
final class Continuation {
  /** 53 bits of two words make a double in [0,1). */
  private static final double UNIT = 0x1p-53;

  private final Vocabulary vocabulary;
  private final GenerationOptions options;
  private final long seed;
  private final TextDecoder decoder;
  private final StopFilter filter;
  private final Queue<GeneratedSymbol> ready;
  private final int[] words = new int[4];
  private Sampler sampler;
  private Optional<ConstrainedText> constrained;

  /** In a vocabulary of bytes; otherwise symbols are whole characters. */
  private Optional<Utf8Position> position;

  /** Draws of the seed. */
  private long draws;

  /** Symbols since the text began. */
  private long written;

  private Optional<Ending> ending = Optional.empty();

  /** Starts a text; the seed counts, not that of the options. */
  Continuation(Vocabulary vocabulary, GenerationOptions options, long seed) {
    this.vocabulary = vocabulary;
    this.options = options;
    this.seed = seed;
    this.decoder = vocabulary.decoder();
    this.filter = new StopFilter(options.stops());
    this.ready = new ArrayDeque<>();
    this.sampler = options.sampler();
    this.constrained = startOfConstraint();
    this.position = betweenCharacters();
  }

  /** Copies a text, which goes on with the numbers of another seed. */
  Continuation(Continuation other, long seed) {
    this.vocabulary = other.vocabulary;
    this.options = other.options;
    this.seed = seed;
    this.decoder = other.decoder.copy();
    this.filter = other.filter.copy();
    this.ready = new ArrayDeque<>(other.ready);
    this.sampler = other.sampler;
    this.constrained = other.constrained;
    this.position = other.position;
    this.draws = other.draws;
    this.written = other.written;
    this.ending = other.ending;
  }

  private Optional<ConstrainedText> startOfConstraint() {
    return options
        .constraint()
        .map(constraint -> ConstrainedText.start(constraint, vocabulary, options.length()));
  }

  private Optional<Utf8Position> betweenCharacters() {
    return vocabulary.type().equals(Vocabulary.BYTES)
        ? Optional.of(Utf8Position.BOUNDARY)
        : Optional.empty();
  }

  long seed() {
    return seed;
  }

  /**
   * Takes symbols of a prompt. A text that has ended begins anew; what was not taken of it is
   * dropped. In one that goes on, nothing runs across the prompt: no stop string, and no character.
   */
  void read(int... ids) {
    for (int id : ids) {
      sampler = sampler.after(id);
    }
    if (ending.isPresent()) {
      ending = Optional.empty();
      written = 0;
      decoder.finish();
      position = betweenCharacters();
      ready.clear();
      constrained = startOfConstraint();
    } else if (ids.length > 0) {
      decoder.finish();
      position = betweenCharacters();
      filter.finish(ready);
    }
  }

  /** Returns why the text has ended, if it has. */
  Optional<Ending> ending() {
    return ending;
  }

  /** Returns whether a symbol is known to belong to the text and was not yet taken. */
  boolean hasReady() {
    return !ready.isEmpty();
  }

  /** Returns the next symbol that is known to belong to the text, and forgets it. */
  Optional<GeneratedSymbol> poll() {
    return Optional.ofNullable(ready.poll());
  }

  /** Gives all symbols that are known to belong to the text, and forgets them. */
  void drain(Consumer<GeneratedSymbol> listener) {
    while (!ready.isEmpty()) {
      listener.accept(ready.remove());
    }
  }

  /**
   * Draws the next symbol, unless the text ends before it.
   *
   * @param logits {@code [V]} of what may follow; kept, not modified
   * @return the id for the network to read before the next draw
   */
  OptionalInt draw(float[] logits) {
    if (written >= options.length()) {
      end(endingByLength());
      return OptionalInt.empty();
    }
    Philox.block(seed, (int) draws, (int) (draws >>> 32), 0, Philox.SAMPLING_SITE, words);
    draws++;
    // The other half of the block, so that the draws are the same with and without a constraint.
    if (uniform(2) < endProbability(logits)) {
      end(Ending.COMPLETE);
      return OptionalInt.empty();
    }
    float[] shaped = shape(logits);
    if (mustEnd(shaped)) {
      end(Ending.COMPLETE);
      return OptionalInt.empty();
    }
    Draw draw = Draw.from(shaped, uniform(0));
    write(draw.id(), draw.probability(), logits);
    return OptionalInt.of(draw.id());
  }

  /** Returns the probability of ending before the next symbol. */
  double endProbability(float[] logits) {
    return constrained.map(text -> text.endProbability(logits)).orElse(0.0);
  }

  /** Returns the logits that the next symbol is drawn from, if there is one. */
  float[] shape(float[] logits) {
    float[] shaped = logits.clone();
    mask(shaped);
    sampler.reshape(shaped);
    // Again, because a sampler may do what it likes, and still every text is allowed.
    mask(shaped);
    return shaped;
  }

  private void mask(float[] logits) {
    constrained.ifPresent(text -> text.mask(logits));
    position.ifPresent(here -> here.mask(logits));
  }

  /**
   * Returns whether the text is complete and its sampler leaves nothing that could follow.
   *
   * @param shaped what {@link #shape} returned
   */
  boolean mustEnd(float[] shaped) {
    return constrained.isPresent() && constrained.get().isComplete() && Softmax.isEmpty(shaped);
  }

  /** Returns why a text ends that is as long as it may be. */
  Ending endingByLength() {
    return constrained.isPresent() ? Ending.COMPLETE : Ending.LENGTH;
  }

  /**
   * Writes a symbol.
   *
   * @param probability with which it was chosen
   * @param logits from which it was chosen, before they were shaped; kept, not modified
   */
  void write(int id, double probability, float[] logits) {
    sampler = sampler.afterDraw(id, probability);
    constrained = constrained.map(text -> text.after(id));
    position = position.map(here -> here.after(id));
    written++;
    String text = decoder.append(id);
    if (filter.add(new GeneratedSymbol(id, text, vocabulary, logits), ready)) {
      ending = Optional.of(Ending.STOP);
    } else if (constrained.isPresent() && constrained.get().isOver()) {
      end(Ending.COMPLETE);
    } else if (written >= options.length()) {
      end(endingByLength());
    }
  }

  /** Ends the text; what was held back belongs to it. */
  void end(Ending reason) {
    ending = Optional.of(reason);
    filter.finish(ready);
  }

  private double uniform(int word) {
    return (((long) words[word] << 32 | words[word + 1] & 0xFFFFFFFFL) >>> 11) * UNIT;
  }
}

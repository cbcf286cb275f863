package org.levin.sampling;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.levin.engine.Network;
import org.levin.evaluation.Distribution;
import org.levin.text.Vocabulary;

/**
 * A text in the making: reads prompts, and gives what it writes symbol by symbol. Belongs to one
 * thread; only {@link #cancel} may be called from others. Many sessions may share one model, and
 * the same seed gives the same text whatever the others do.
 *
 * <p>In a vocabulary of bytes, bytes that would make the text malformed UTF-8 are never drawn.
 *
 * <p>Symbols that may turn out to begin a stop string are drawn but held back until that is known.
 */
public final class GenerationSession implements Iterator<GeneratedSymbol>, AutoCloseable {
  private final Network network;
  private final Vocabulary vocabulary;
  private final GenerationOptions options;
  private final NetworkRow row;
  private Continuation text;

  /** The last symbol drawn, which the network reads when it has to. */
  private OptionalInt unread = OptionalInt.empty();

  private volatile boolean cancelled;

  /**
   * Starts a session on a network, which must stay open; most callers take {@code
   * SequenceModel.session}.
   *
   * @throws IllegalArgumentException if the constraint is one of another vocabulary, or allows no
   *     text so short
   */
  public GenerationSession(Network network, Vocabulary vocabulary, GenerationOptions options) {
    this.network = network;
    this.vocabulary = vocabulary;
    this.options = options;
    this.text = new Continuation(vocabulary, options, options.seed());
    this.row = new NetworkRow(network, vocabulary);
  }

  /**
   * Reads a text, as if the session had written it. Reading nothing is allowed; a session that has
   * read nothing starts as after a line break. A text that has ended begins anew: its length counts
   * from here, and so does its constraint; symbols of it that were not taken are dropped.
   *
   * @throws org.levin.text.UnknownSymbolException if the vocabulary lacks a symbol and the policy
   *     is to fail; nothing is read then
   */
  public GenerationSession feed(String prompt) {
    int[] ids = vocabulary.encode(prompt, options.unknownSymbols());
    if (text.ending().isPresent()) {
      cancelled = false;
    }
    readLast();
    row.read(ids);
    text.read(ids);
    return this;
  }

  /** Returns whether there is another symbol; draws it, if it has to. */
  @Override
  public boolean hasNext() {
    return text.hasReady() || draw();
  }

  /**
   * Returns the next symbol.
   *
   * @throws NoSuchElementException if the text has ended
   * @throws IllegalStateException if the network's logits are no finite numbers, or the sampler
   *     leaves nothing to draw from
   */
  @Override
  public GeneratedSymbol next() {
    if (!hasNext()) {
      throw new NoSuchElementException("the text has ended: " + text.ending().orElseThrow());
    }
    return text.poll().orElseThrow();
  }

  /** Draws until a symbol is ready, or none will be. */
  private boolean draw() {
    while (!text.hasReady() && text.ending().isEmpty()) {
      if (cancelled) {
        text.end(Ending.CANCELLED);
      } else {
        readLast();
        unread = text.draw(row.logits());
      }
    }
    return text.hasReady();
  }

  private void readLast() {
    if (unread.isPresent()) {
      row.read(unread.getAsInt());
      unread = OptionalInt.empty();
    }
  }

  /** Writes to the end, and gives the text piece by piece, never half a character. */
  public void write(Consumer<? super String> listener) {
    pieces().forEach(listener);
  }

  /** Writes to the end, and returns the text. */
  public String write() {
    StringBuilder all = new StringBuilder();
    write(all::append);
    return all.toString();
  }

  /**
   * Returns the text to come, piece by piece: whole characters, never an empty piece. It is written
   * as the stream asks for it.
   */
  public Stream<String> pieces() {
    return StreamSupport.stream(
            Spliterators.spliteratorUnknownSize(this, Spliterator.ORDERED | Spliterator.NONNULL),
            false)
        .map(GeneratedSymbol::text)
        .filter(piece -> !piece.isEmpty());
  }

  /**
   * Ends the text before its next symbol; may be called from any thread. A prompt that is being
   * read is read first.
   */
  public void cancel() {
    cancelled = true;
  }

  /** Returns why the text has ended, if it has. */
  public Optional<Ending> ending() {
    return text.ending();
  }

  /** Returns the model's own distribution of the symbol after all that was read and drawn. */
  public Distribution distribution() {
    readLast();
    return Distribution.of(vocabulary, row.logits());
  }

  /**
   * Returns a copy of the network's hidden state after all that was read and drawn, {@code [L,H]}:
   * what it remembers of the text.
   */
  public float[] hiddenState() {
    readLast();
    // What has read nothing stands after a line break.
    row.logits();
    return row.memory().hidden();
  }

  /**
   * Where a session stands, to come back to. Immutable; its size is that of the network's state.
   */
  public static final class Snapshot {
    private final NetworkRow.Memory memory;
    private final Continuation text;

    private Snapshot(NetworkRow.Memory memory, Continuation text) {
      this.memory = memory;
      this.text = text;
    }
  }

  /** Returns where the session stands. */
  public Snapshot snapshot() {
    readLast();
    return new Snapshot(row.memory(), new Continuation(text, text.seed()));
  }

  /** Goes back to where a session of the same model and options, this one or another, stood. */
  public void restore(Snapshot snapshot) {
    unread = OptionalInt.empty();
    cancelled = false;
    row.restore(snapshot.memory);
    text = new Continuation(snapshot.text, snapshot.text.seed());
  }

  /**
   * Returns another session that goes on from here with the numbers of another seed; the caller
   * closes it. This one is not changed.
   */
  public GenerationSession fork(long seed) {
    Snapshot here = snapshot();
    GenerationSession fork = new GenerationSession(network, vocabulary, options.seed(seed));
    fork.restore(here);
    fork.text = new Continuation(text, seed);
    return fork;
  }

  /** Frees what the session holds of the engine. Closing twice is harmless. */
  @Override
  public void close() {
    row.close();
  }
}

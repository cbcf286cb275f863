package org.levin.sampling;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.levin.engine.Network;
import org.levin.engine.NetworkState;
import org.levin.internal.Pieces;
import org.levin.model.LstmArchitecture;
import org.levin.text.Vocabulary;
import org.levin.training.Cancellation;

/**
 * Writes many texts at once: one call of the network a step for all of them. A text that has ended
 * makes room for the next. What all prompts begin with is read once. Each text is the one that a
 * {@link GenerationSession} of its seed writes.
 */
public final class BatchGeneration {
  private final Network network;
  private final LstmArchitecture architecture;
  private final Vocabulary vocabulary;
  private final GenerationOptions options;
  private final List<int[]> prompts;

  /**
   * Prepares texts that follow prompts; text {@code i} has seed {@code options.seed() + i}. The
   * network must stay open.
   *
   * @throws org.levin.text.UnknownSymbolException if the vocabulary lacks a symbol of a prompt and
   *     the policy is to fail
   */
  public BatchGeneration(
      Network network,
      LstmArchitecture architecture,
      Vocabulary vocabulary,
      List<String> prompts,
      GenerationOptions options) {
    this.network = network;
    this.architecture = architecture;
    this.vocabulary = vocabulary;
    this.options = options;
    Map<String, int[]> encoded = new HashMap<>();
    this.prompts =
        prompts.stream()
            .map(
                prompt ->
                    encoded.computeIfAbsent(
                        prompt, text -> vocabulary.encode(text, options.unknownSymbols())))
            .toList();
  }

  /**
   * Writes all texts.
   *
   * @param listener is given each text, without its prompt, in the order of the prompts and as soon
   *     as those before it are done
   * @param cancellation ends it after the step under way; texts that are not done, and those behind
   *     them, are not given
   * @throws IllegalArgumentException if the constraint is one of another vocabulary, or allows no
   *     text so short
   * @throws IllegalStateException if the network's logits are no finite numbers, or the sampler
   *     leaves nothing to draw from
   */
  public void write(Consumer<? super String> listener, Cancellation cancellation) {
    if (prompts.isEmpty()) {
      return;
    }
    int[] beginning = commonBeginning();
    try (NetworkRow row = new NetworkRow(network, vocabulary)) {
      row.read(beginning);
      NetworkRow.Memory memory = row.memory();
      StateRows start = StateRows.of(architecture, memory);
      new Run(beginning.length, start, memory.logits(), listener, cancellation).write();
    }
  }

  /** Returns what the network reads before the first draw; not nothing. */
  private int[] toRead(int[] prompt) {
    return prompt.length > 0 ? prompt : new int[] {vocabulary.startId()};
  }

  /** Returns what the network reads before any of the texts; perhaps nothing. */
  private int[] commonBeginning() {
    int[] beginning = toRead(prompts.getFirst());
    for (int[] prompt : prompts) {
      int differs = Arrays.mismatch(beginning, toRead(prompt));
      beginning = differs < 0 ? beginning : Arrays.copyOf(beginning, differs);
    }
    return beginning;
  }

  /** A text in the making. */
  private final class Row {
    final int index;
    final Continuation text;
    final StringBuilder written = new StringBuilder();

    /** What the network has to read before the next draw, from {@link #at} on. */
    int[] unread;

    int at;

    Row(int index, int read) {
      this.index = index;
      this.unread = toRead(prompts.get(index));
      this.at = read;
      this.text = new Continuation(vocabulary, options, options.seed() + index);
      text.read(prompts.get(index));
    }

    /** Takes the next ids out. */
    void read(int[] inputs, int offset, int count) {
      System.arraycopy(unread, at, inputs, offset, count);
      at += count;
    }

    int unreadCount() {
      return unread.length - at;
    }

    /** Draws, if all is read; returns whether the text goes on. */
    boolean goesOn(float[] logits) {
      if (unreadCount() == 0) {
        unread = text.draw(logits).stream().toArray();
        at = 0;
        text.drain(symbol -> written.append(symbol.text()));
      }
      return text.ending().isEmpty();
    }
  }

  /** Texts in the making, and what the network remembers of them. */
  private record Group(List<Row> rows, StateRows states) {}

  /** The writing of all texts. */
  private final class Run {
    private final int beginning;
    private final StateRows start;
    private final float[] startLogits;
    private final Consumer<? super String> listener;
    private final Cancellation cancellation;

    /** The texts that are done, until all before them are. */
    private final String[] done = new String[prompts.size()];

    private int begun;
    private int given;

    Run(
        int beginning,
        StateRows start,
        float[] startLogits,
        Consumer<? super String> listener,
        Cancellation cancellation) {
      this.beginning = beginning;
      this.start = start;
      this.startLogits = startLogits;
      this.listener = listener;
      this.cancellation = cancellation;
    }

    void write() {
      List<Row> rows = new ArrayList<>();
      while (rows.size() < Pieces.MOST_ROWS && begun < done.length && !cancellation.cancelled()) {
        begin().ifPresent(rows::add);
      }
      StateRows states = StateRows.zero(architecture, rows.size());
      for (int i = 0; i < rows.size(); i++) {
        states.put(i, start, 0);
      }
      Group group = new Group(rows, states);
      while (!group.rows.isEmpty() && !cancellation.cancelled()) {
        group = write(group);
      }
    }

    /** Begins the next text that does not end at once, if there is one. */
    private Optional<Row> begin() {
      while (begun < done.length && !cancellation.cancelled()) {
        Row row = new Row(begun++, beginning);
        if (row.goesOn(startLogits)) {
          return Optional.of(row);
        }
        end(row);
      }
      return Optional.empty();
    }

    private void end(Row row) {
      done[row.index] = row.written.toString();
      while (given < done.length && done[given] != null) {
        listener.accept(done[given]);
        done[given++] = null;
      }
    }

    /** Writes until a text ends that no other can follow; returns the others. */
    private Group write(Group group) {
      List<Row> rows = new ArrayList<>(group.rows);
      try (NetworkState state = network.state(rows.size())) {
        group.states.storeIn(state);
        while (!cancellation.cancelled()) {
          BitSet ended = step(rows, state);
          if (!ended.isEmpty()) {
            StateRows states = StateRows.of(architecture, state);
            ended.stream().mapToObj(rows::get).forEach(this::end);
            // Those that take a place first; what is left ended without a successor.
            for (int i = ended.nextSetBit(0); i >= 0; i = ended.nextSetBit(i + 1)) {
              Optional<Row> next = begin();
              if (next.isPresent()) {
                rows.set(i, next.get());
                states.put(i, start, 0);
                ended.clear(i);
              }
            }
            if (!ended.isEmpty()) {
              return without(ended, rows, states);
            }
            states.storeIn(state);
          }
        }
        return group;
      }
    }

    private Group without(BitSet ended, List<Row> rows, StateRows states) {
      int[] left = IntStream.range(0, rows.size()).filter(i -> !ended.get(i)).toArray();
      return new Group(IntStream.of(left).mapToObj(rows::get).toList(), states.select(left));
    }

    /** Reads what all texts have to read, draws, and returns which of them have ended. */
    private BitSet step(List<Row> rows, NetworkState state) {
      int symbols = vocabulary.size();
      int steps = rows.stream().mapToInt(Row::unreadCount).min().orElseThrow();
      steps = Math.min(steps, Pieces.steps(rows.size(), symbols));
      int[] inputs = new int[rows.size() * steps];
      for (int i = 0; i < rows.size(); i++) {
        rows.get(i).read(inputs, i * steps, steps);
      }
      float[] all = new float[inputs.length * symbols];
      network.forward(inputs, steps, state, all);
      BitSet ended = new BitSet();
      for (int i = 0; i < rows.size(); i++) {
        int end = (i + 1) * steps * symbols;
        ended.set(i, !rows.get(i).goesOn(Arrays.copyOfRange(all, end - symbols, end)));
      }
      return ended;
    }
  }
}

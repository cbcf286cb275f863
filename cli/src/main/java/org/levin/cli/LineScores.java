package org.levin.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.PriorityQueue;
import org.levin.SequenceModel;
import org.levin.evaluation.Score;
import org.levin.evaluation.ScoringOptions;
import org.levin.text.UnknownSymbolException;

/** Scores each line of a text as a text of its own, as if it followed a line break. */
final class LineScores {
  /** Lines that are scored together: many to a call of the network, few to the memory. */
  private static final int MOST_LINES = 2048;

  /** And characters, since lines may be long. */
  private static final int MOST_CHARACTERS = 1 << 18;

  private final Console console;
  private final SequenceModel model;
  private final ScoringOptions options;
  private final boolean json;
  private final boolean perToken;

  LineScores(
      Console console,
      SequenceModel model,
      ScoringOptions options,
      boolean json,
      boolean perToken) {
    this.console = console;
    this.model = model;
    this.options = options.context().isPresent() ? options : options.after("");
    this.json = json;
    this.perToken = perToken;
  }

  /**
   * A line.
   *
   * @param number counted from 1
   * @param logProbabilities empty unless they are asked for: many lines are kept to be ranked
   */
  private record Line(
      long number, String text, long tokens, double natsPerToken, double[] logProbabilities) {}

  /** Of equals the later line counts as less strange. */
  private static final Comparator<Line> STRANGEST_LAST =
      Comparator.comparingDouble(Line::natsPerToken)
          .thenComparing(Comparator.comparingLong(Line::number).reversed());

  /**
   * Writes all lines in order, or the strangest.
   *
   * @param top how many of the strangest
   */
  void write(TextLines lines, Optional<Integer> top) throws IOException {
    PriorityQueue<Line> strangest = new PriorityQueue<>(STRANGEST_LAST);
    long number = 0;
    for (List<String> window = window(lines); !window.isEmpty(); window = window(lines)) {
      List<Score> scores = score(window, number);
      for (int i = 0; i < window.size(); i++) {
        Line line = line(++number, window.get(i), scores.get(i));
        if (top.isEmpty()) {
          write(line);
        } else if (line.tokens > 0) {
          strangest.add(line);
          if (strangest.size() > top.get()) {
            strangest.remove();
          }
        }
      }
    }
    List<Line> ranked = new ArrayList<>(strangest);
    ranked.sort(STRANGEST_LAST.reversed());
    for (Line line : ranked) {
      write(line);
    }
  }

  private Line line(long number, String text, Score score) {
    double[] each = perToken ? score.logProbabilities() : new double[0];
    return new Line(number, text, score.tokens(), score.natsPerToken(), each);
  }

  private static List<String> window(TextLines lines) throws IOException {
    List<String> window = new ArrayList<>();
    int characters = 0;
    while (window.size() < MOST_LINES && characters < MOST_CHARACTERS) {
      Optional<String> line = lines.next();
      if (line.isEmpty()) {
        break;
      }
      window.add(line.get());
      characters += line.get().length();
    }
    return window;
  }

  private List<Score> score(List<String> window, long before) {
    try {
      return model.scoreAll(window, options);
    } catch (UnknownSymbolException e) {
      throw inLine(window, before, e);
    }
  }

  /** Says which line it was. */
  private RuntimeException inLine(
      List<String> window, long before, UnknownSymbolException failure) {
    for (int i = 0; i < window.size(); i++) {
      try {
        model.vocabulary().encode(window.get(i));
      } catch (UnknownSymbolException e) {
        return new IllegalArgumentException(
            "line %d: %s (%s skip)".formatted(before + i + 1, e.getMessage(), UnknownFlag.NAME), e);
      }
    }
    return failure;
  }

  private void write(Line line) throws IOException {
    if (json) {
      ObjectNode node =
          Json.MAPPER.createObjectNode().put("line", line.number).put("tokens", line.tokens);
      if (line.tokens > 0) {
        node.put("natsPerToken", line.natsPerToken);
      } else {
        node.putNull("natsPerToken");
      }
      node.put("text", line.text);
      if (perToken) {
        node.set("logProbabilities", Json.MAPPER.valueToTree(line.logProbabilities));
      }
      console.out().println(Json.MAPPER.writeValueAsString(node));
    } else {
      String nats =
          line.tokens > 0 ? String.format(Locale.ROOT, "%8.4f", line.natsPerToken) : " ".repeat(8);
      console.out().println(nats + "\t" + line.number + "\t" + line.text);
    }
    console.requireReader();
  }
}

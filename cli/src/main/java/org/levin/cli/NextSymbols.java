package org.levin.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import org.levin.evaluation.Distribution;
import org.levin.text.Vocabulary;

/** The likeliest symbols after a text. */
final class NextSymbols {
  private final Distribution distribution;
  private final Vocabulary vocabulary;
  private final List<Integer> ids;

  NextSymbols(Distribution distribution, Vocabulary vocabulary, int count) {
    this.distribution = distribution;
    this.vocabulary = vocabulary;
    this.ids = distribution.ranked().subList(0, Math.min(count, distribution.size()));
  }

  void write(PrintStream out) {
    for (int id : ids) {
      out.printf(
          Locale.ROOT,
          "%6.2f %%\t%s%n",
          100 * distribution.probability(id),
          vocabulary.display(id));
    }
  }

  void writeJson(PrintStream out) throws IOException {
    ArrayNode array = Json.MAPPER.createArrayNode();
    for (int id : ids) {
      array
          .addObject()
          .put("id", id)
          .put("text", vocabulary.decode(id))
          .put("probability", distribution.probability(id));
    }
    out.println(Json.MAPPER.writeValueAsString(array));
  }
}

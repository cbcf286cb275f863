package org.levin.engine.cuda.check;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.StreamSupport;

/** What was aimed at, beside what was measured. */
final class AimTable {
  private static final double TIMES_TORCH = 2;
  private static final double TRAINING = 8e6;
  private static final double GENERATION = 5e4;

  private final Results results;
  private final StringBuilder text;

  AimTable(Results results, StringBuilder text) {
    this.results = results;
    this.text = text;
  }

  void add() {
    text.append("\n## Aims\n\n| | measured | aim | |\n|---|---|---|---|\n");
    OptionalDouble torch = torch();
    OptionalDouble tf32 = first(speeds("tf32"), "train");
    row(
        "training in TF32 against torch.nn.LSTM in TF32 at its fastest, times",
        tf32.isPresent() && torch.isPresent()
            ? OptionalDouble.of(tf32.getAsDouble() / torch.getAsDouble())
            : OptionalDouble.empty(),
        TIMES_TORCH);
    row("training in bfloat16, characters/s", first(speeds("bf16"), "train"), TRAINING);
    row("writing one text, characters/s", generation(), GENERATION);
  }

  private void row(String what, OptionalDouble measured, double aim) {
    text.append(
        String.format(
            Locale.ROOT,
            "| %s | %s | %,.0f | %s |\n",
            what,
            measured.isPresent()
                ? String.format(Locale.ROOT, aim < 10 ? "%.2f" : "%,.0f", measured.getAsDouble())
                : "not measured",
            aim,
            measured.isEmpty() ? "" : measured.getAsDouble() >= aim ? "reached" : "not reached"));
  }

  private Iterable<JsonNode> speeds(String precision) {
    return results
        .settings(PartName.SPEED)
        .getOrDefault(Setting.precision(precision), ResultLine.object())
        .path("results");
  }

  /** The first shape is the usual one. */
  private static OptionalDouble first(Iterable<JsonNode> speeds, String task) {
    return StreamSupport.stream(speeds.spliterator(), false)
        .filter(speed -> speed.path("task").asText().equals(task))
        .limit(1)
        .filter(speed -> speed.has("charactersPerSecond"))
        .mapToDouble(speed -> speed.path("charactersPerSecond").asDouble())
        .findFirst();
  }

  /** The faster of its ways to train the usual shape, which comes first, in the same precision. */
  private OptionalDouble torch() {
    List<JsonNode> speeds = results.every(PartName.TORCH);
    return speeds.stream()
        .filter(speed -> speed.path("precision").asText().equals("tf32"))
        .filter(speed -> speed.path("shape").equals(speeds.getFirst().path("shape")))
        .filter(speed -> speed.has("charactersPerSecond"))
        .mapToDouble(speed -> speed.path("charactersPerSecond").asDouble())
        .max();
  }

  /** The fastest, in whatever precision. */
  private OptionalDouble generation() {
    return results.settings(PartName.SPEED).values().stream()
        .map(part -> first(part.path("results"), "generate"))
        .flatMapToDouble(OptionalDouble::stream)
        .max();
  }
}

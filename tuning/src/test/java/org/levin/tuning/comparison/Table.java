package org.levin.tuning.comparison;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.levin.tuning.journal.StudyRecord;
import org.levin.tuning.space.Configuration;
import org.levin.tuning.space.Parameter;
import org.levin.tuning.trial.Measurement;
import org.levin.tuning.trial.Trial;

/**
 * The losses of many trainings, all along: what a study would measure, without training.
 *
 * @param losses by configuration, after each {@code every} steps; infinite where it had diverged
 * @param every steps between two measurements
 */
record Table(Map<Configuration, List<Double>> losses, long every) {
  private static final double DIVERGED = Double.POSITIVE_INFINITY;

  /** Returns what a study measured that {@link MakeTable} ran to its end. */
  static Table of(StudyRecord study) {
    List<Long> steps = study.header().rungs().steps();
    Map<Configuration, List<Double>> losses = new LinkedHashMap<>();
    for (Trial trial : study.trials()) {
      losses.put(
          trial.configuration(),
          steps.stream()
              .map(step -> trial.after(step).map(Measurement::loss).orElse(DIVERGED))
              .toList());
    }
    return new Table(losses, steps.getFirst());
  }

  /** Reads what {@link #write} wrote. */
  static Table read(Path file) throws IOException {
    List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8);
    List<String> names = List.of(lines.getFirst().split(","));
    int parameters = MakeTable.SPACE.parameters().size();
    Map<Configuration, List<Double>> losses = new LinkedHashMap<>();
    for (String line : lines.subList(1, lines.size())) {
      List<String> values = List.of(line.split(","));
      List<String> texts = new ArrayList<>();
      for (int i = 0; i < parameters; i++) {
        texts.add(names.get(i) + "=" + values.get(i));
      }
      losses.put(
          Configuration.parse(String.join(" ", texts)),
          values.subList(parameters, values.size()).stream().map(Double::valueOf).toList());
    }
    return new Table(losses, Long.parseLong(names.get(parameters)));
  }

  /** Writes a line for each configuration, its values and its losses. */
  void write(Path file) throws IOException {
    List<String> lines = new ArrayList<>();
    int points = losses.values().iterator().next().size();
    lines.add(
        Stream.concat(
                MakeTable.SPACE.parameters().stream().map(Parameter::name),
                LongStream.rangeClosed(1, points).mapToObj(i -> Long.toString(i * every)))
            .collect(Collectors.joining(",")));
    losses.forEach(
        (configuration, curve) ->
            lines.add(
                Stream.concat(
                        configuration.values().values().stream().map(Object::toString),
                        curve.stream()
                            .map(
                                loss ->
                                    Double.isFinite(loss)
                                        ? String.format(Locale.ROOT, "%.5f", loss)
                                        : "Infinity"))
                    .collect(Collectors.joining(","))));
    Files.write(file, lines);
  }

  /** Returns the steps of a whole training. */
  long steps() {
    return every * losses.values().iterator().next().size();
  }

  /** Returns the loss of a configuration after some steps. */
  double loss(Configuration configuration, long after) {
    return losses.get(configuration).get(Math.toIntExact(after / every) - 1);
  }

  /** Returns the least loss of all whole trainings. */
  double least() {
    return losses.keySet().stream()
        .mapToDouble(configuration -> loss(configuration, steps()))
        .min()
        .orElseThrow();
  }
}

package org.levin.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.levin.sampling.Sampler;
import org.levin.sampling.TemperatureSchedule;
import org.levin.text.Vocabulary;
import picocli.CommandLine.Option;

/** The flags that reshape what the next character is drawn from, in the order of the chain. */
final class SamplerFlags {
  @Option(
      names = "--repetition-penalty",
      paramLabel = "R",
      description = "Above 1: what occurred lately becomes less likely.")
  private Double repetition;

  @Option(
      names = "--frequency-penalty",
      paramLabel = "X",
      description = "Subtract X for each time that a character occurred lately.")
  private Double frequency;

  @Option(
      names = "--presence-penalty",
      paramLabel = "X",
      description = "Subtract X if a character occurred lately.")
  private Double presence;

  @Option(
      names = "--penalty-window",
      paramLabel = "N",
      description =
          "Lately means in the last N characters (" + Sampler.DEFAULT_PENALTY_WINDOW + ").")
  private Integer window;

  @Option(
      names = "--bias",
      paramLabel = "C=X",
      description = "Add X to the logit of character C; may be repeated.")
  private List<String> bias = List.of();

  @Option(
      names = "--ban",
      paramLabel = "TEXT",
      defaultValue = "",
      description = "Never write a character of TEXT.")
  private String banned;

  @Option(
      names = "--top-k",
      paramLabel = "K",
      description = "Choose among the K most likely characters only; 1 takes the most likely.")
  private Integer topK;

  @Option(
      names = "--typical",
      paramLabel = "P",
      description =
          "Choose among the characters about as surprising as is to be expected, of total probability P.")
  private Double typical;

  @Option(
      names = "--top-p",
      paramLabel = "P",
      description = "Choose among the most likely characters of total probability P.")
  private Double topP;

  @Option(
      names = "--min-p",
      paramLabel = "P",
      description = "Choose among those at least P times as likely as the most likely character.")
  private Double minP;

  @Option(
      names = "--temperature",
      paramLabel = "X",
      defaultValue = "1",
      description = "Below 1 plays safe, above 1 dares (${DEFAULT-VALUE}).")
  private double temperature;

  @Option(
      names = "--final-temperature",
      paramLabel = "X",
      description = "Go evenly from --temperature to X in --length characters.")
  private Double finalTemperature;

  @Option(
      names = "--mirostat",
      paramLabel = "BITS",
      description = "Steer towards a surprise of so many bits a character; comes last.")
  private Double mirostat;

  @Option(
      names = "--mirostat-rate",
      paramLabel = "X",
      description = "How fast --mirostat corrects itself (" + Sampler.DEFAULT_MIROSTAT_RATE + ").")
  private Double mirostatRate;

  /**
   * Returns the chain.
   *
   * @param length to which the temperature changes
   * @throws UsageException if a value is out of range
   */
  Sampler sampler(Vocabulary vocabulary, long length) {
    List<Sampler> chain = new ArrayList<>();
    requireMainFlags();
    if (hasPenalties()) {
      chain.add(
          checked(
              () ->
                  Sampler.penalties(
                      or(repetition, 1),
                      or(frequency, 0),
                      or(presence, 0),
                      window == null ? Sampler.DEFAULT_PENALTY_WINDOW : window)));
    }
    for (String each : bias) {
      chain.add(known("--bias", () -> bias(each, vocabulary)));
    }
    if (!banned.isEmpty()) {
      chain.add(known("--ban", () -> Sampler.ban(vocabulary, banned)));
    }
    if (topK != null) {
      chain.add(checked(() -> Sampler.topK(topK)));
    }
    if (typical != null) {
      chain.add(checked(() -> Sampler.typical(typical)));
    }
    if (topP != null) {
      chain.add(checked(() -> Sampler.topP(topP)));
    }
    if (minP != null) {
      chain.add(checked(() -> Sampler.minP(minP)));
    }
    chain.add(checked(() -> temperature(length)));
    if (mirostat != null) {
      chain.add(
          checked(
              () -> Sampler.mirostat(mirostat, or(mirostatRate, Sampler.DEFAULT_MIROSTAT_RATE))));
    }
    return chain.stream().reduce(Sampler::then).orElseThrow();
  }

  /** The last =, since the character may be one. */
  private static Sampler bias(String given, Vocabulary vocabulary) {
    int equals = given.lastIndexOf('=');
    if (equals < 1) {
      throw new UsageException(
          "--bias needs a character and a number, as in e=1.5, but was " + given);
    }
    try {
      double value = Double.parseDouble(given.substring(equals + 1));
      return Sampler.bias(vocabulary, given.substring(0, equals), value);
    } catch (NumberFormatException e) {
      throw new UsageException("--bias needs a number after the =, but was " + given, e);
    }
  }

  private void requireMainFlags() {
    if (mirostatRate != null && mirostat == null) {
      throw new UsageException("--mirostat-rate needs --mirostat");
    }
    if (window != null && !hasPenalties()) {
      throw new UsageException(
          "--penalty-window needs --repetition-penalty, --frequency-penalty or --presence-penalty");
    }
    if (temperature == 0) {
      throw new UsageException(
          "--temperature must be above 0, but was 0; to take the most likely character, --top-k 1");
    }
  }

  private boolean hasPenalties() {
    return repetition != null || frequency != null || presence != null;
  }

  private Sampler temperature(long length) {
    if (finalTemperature == null) {
      return Sampler.temperature(temperature);
    }
    return Sampler.temperature(
        TemperatureSchedule.linear(temperature, finalTemperature, Math.max(1, length)));
  }

  private static double or(Double value, double neutral) {
    return value == null ? neutral : value;
  }

  /** The library begins its messages with the name of the value, as {@code topK}. */
  private static Sampler checked(Supplier<Sampler> sampler) {
    try {
      return sampler.get();
    } catch (IllegalArgumentException e) {
      String[] words = e.getMessage().split(" ", 2);
      String flag = words[0].replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
      throw new UsageException("--" + flag + " " + words[1], e);
    }
  }

  private static Sampler known(String flag, Supplier<Sampler> sampler) {
    try {
      return sampler.get();
    } catch (IllegalArgumentException e) {
      throw new UsageException(flag + ": " + e.getMessage(), e);
    }
  }
}

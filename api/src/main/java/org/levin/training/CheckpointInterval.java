package org.levin.training;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.levin.internal.Arguments;

/**
 * How often a training writes a checkpoint: every so many steps, or every so many minutes, or never
 * before it is cancelled.
 *
 * @param steps between two checkpoints, at least 1
 * @param time between two checkpoints, whole seconds, at least one; not with {@code steps}
 */
public record CheckpointInterval(OptionalLong steps, Optional<Duration> time) {
  /** Checkpoints cost little: a fraction of a second for a model of some millions of parameters. */
  public static final CheckpointInterval DEFAULT = every(Duration.ofMinutes(5));

  private static final String NEVER = "never";
  private static final Pattern TEXT = Pattern.compile("([0-9]+)([smh]?)");
  private static final long SECONDS_A_MINUTE = 60;
  private static final long SECONDS_AN_HOUR = 3_600;

  /** Checks that not both are given, and their ranges. */
  public CheckpointInterval {
    Arguments.require(
        steps.isEmpty() || time.isEmpty(),
        "a checkpoint interval is counted in steps or in minutes, not in both");
    steps.ifPresent(value -> Arguments.atLeast(1, value, "the checkpoint interval"));
    time.ifPresent(
        value ->
            Arguments.require(
                value.toSeconds() >= 1 && value.equals(Duration.ofSeconds(value.toSeconds())),
                "the checkpoint interval must be whole seconds, at least 1, but was %s",
                value));
  }

  /** Returns the interval of so many steps. */
  public static CheckpointInterval every(long steps) {
    return new CheckpointInterval(OptionalLong.of(steps), Optional.empty());
  }

  /** Returns the interval of a time, in whole seconds. */
  public static CheckpointInterval every(Duration time) {
    return new CheckpointInterval(OptionalLong.empty(), Optional.of(time));
  }

  /**
   * Returns the interval without an end: a checkpoint is written only when training is cancelled.
   */
  public static CheckpointInterval never() {
    return new CheckpointInterval(OptionalLong.empty(), Optional.empty());
  }

  /**
   * Returns the interval of a text: a number of steps ({@code 100}), a time ({@code 90s}, {@code
   * 5m}, {@code 1h}) or {@code never}; {@link #toString} writes them so.
   *
   * @throws IllegalArgumentException for another text
   */
  public static CheckpointInterval parse(String text) {
    if (text.equals(NEVER)) {
      return never();
    }
    Matcher matcher = TEXT.matcher(text);
    Arguments.require(
        matcher.matches(),
        "a checkpoint interval is a number of steps, as 100, or a time, as 90s, 5m or 1h, but was \"%.200s\"",
        text);
    try {
      long number = Long.parseLong(matcher.group(1));
      return switch (matcher.group(2)) {
        case "s" -> every(Duration.ofSeconds(number));
        case "m" -> every(Duration.ofSeconds(Math.multiplyExact(number, SECONDS_A_MINUTE)));
        case "h" -> every(Duration.ofSeconds(Math.multiplyExact(number, SECONDS_AN_HOUR)));
        default -> every(number);
      };
    } catch (NumberFormatException | ArithmeticException e) {
      throw new IllegalArgumentException(
          "a checkpoint interval has at most %d steps or seconds, but was \"%.200s\""
              .formatted(Long.MAX_VALUE, text),
          e);
    }
  }

  /** Returns whether it is the one without an end. */
  public boolean isNever() {
    return steps.isEmpty() && time.isEmpty();
  }

  /** Returns whether a checkpoint is due so many steps and so much time after the last one. */
  public boolean isDue(long stepsSince, Duration timeSince) {
    return steps.isPresent() && stepsSince >= steps.getAsLong()
        || time.isPresent() && timeSince.compareTo(time.get()) >= 0;
  }

  @Override
  public String toString() {
    if (steps.isPresent()) {
      return Long.toString(steps.getAsLong());
    }
    return time.map(CheckpointInterval::text).orElse(NEVER);
  }

  private static String text(Duration time) {
    long seconds = time.toSeconds();
    if (seconds % SECONDS_AN_HOUR == 0) {
      return seconds / SECONDS_AN_HOUR + "h";
    }
    return seconds % SECONDS_A_MINUTE == 0 ? seconds / SECONDS_A_MINUTE + "m" : seconds + "s";
  }
}

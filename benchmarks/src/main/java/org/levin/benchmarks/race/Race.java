package org.levin.benchmarks.race;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.levin.text.Vocabulary;

/**
 * Runs the contests that were asked for, and prints the table. The first argument is the project's
 * folder; the script {@code benchmarks/race} adds it.
 */
public final class Race {
  private static final int WRONG_USAGE = 2;

  private final Path project;
  private final RaceOptions options;
  private final Path scratch;
  private final Jvm jvm;
  private final Pace pace;

  private Race(Path project, RaceOptions options, Path scratch) {
    this.project = project;
    this.options = options;
    this.scratch = scratch;
    this.jvm = Jvm.own(scratch.resolve("errors.txt"));
    this.pace = Pace.of(options.quick());
  }

  /** Runs the race. */
  public static void main(String... arguments) throws IOException {
    List<String> all = List.of(arguments);
    RaceOptions options;
    try {
      options = RaceOptions.of(all.subList(1, all.size()));
    } catch (IllegalArgumentException e) {
      System.err.println("race: " + e.getMessage() + System.lineSeparator() + RaceOptions.USAGE);
      System.exit(WRONG_USAGE);
      return;
    }
    try (ScratchFolder scratch = new ScratchFolder()) {
      new Race(Path.of(all.getFirst()), options, scratch.path()).run();
    }
  }

  private void run() throws IOException {
    if (options.json().isPresent()) {
      // A file that cannot be written is better known now than when all has been run.
      Files.writeString(options.json().get(), "");
    }
    Machine machine = Machine.here();
    Path text = RaceText.find(project, scratch);
    Vocabulary vocabulary = Vocabulary.codePointsOf(Files.readString(text));
    say("measuring the machine");
    Limits before = LimitsProbe.measure(jvm);
    Map<Contest, Result> networks = contests(text);
    Optional<Result> startUp = startUp(vocabulary);
    say("measuring the machine again");
    // What a neighbor took away while one of them was measured is not the machine's limit.
    Limits limits = before.best(LimitsProbe.measure(jvm));
    List<Result> results = new ArrayList<>();
    networks.forEach(
        (contest, result) ->
            results.add(
                result.within(contest.task().limit(contest.shape(), vocabulary.size(), limits))));
    startUp.ifPresent(results::add);
    System.out.printf(
        Locale.ROOT,
        "%s, %s, %d processors, %s, at most %s of heap%n"
            + "peak %.0f GFLOP/s (one thread %.0f), reading weights %.0f GB/s (one thread %.0f)%n%n",
        machine.processor(),
        machine.system(),
        machine.processors(),
        machine.java(),
        Jvm.MAX_HEAP,
        limits.peakGflops(),
        limits.peakGflopsOneThread(),
        limits.bandwidthGBps(),
        limits.bandwidthGBpsOneThread());
    System.out.print(Table.of(results));
    if (options.json().isPresent()) {
      Files.writeString(
          options.json().get(),
          new ResultsJson().of(machine, limits, text.getFileName().toString(), results));
    }
  }

  private Map<Contest, Result> contests(Path text) throws IOException {
    Map<Contest, Result> results = new LinkedHashMap<>();
    Alternation alternation = new Alternation(jvm, pace);
    boolean wanted = false;
    for (Contest contest : Contest.ALL) {
      wanted = contest.companion() ? wanted : options.wants(contest.name());
      if (wanted) {
        say(contest.name());
        Path input = contest.task() == Task.ENCODE ? RaceText.large(text, scratch) : text;
        results.put(contest, alternation.run(contest, input));
      }
    }
    return results;
  }

  private Optional<Result> startUp(Vocabulary vocabulary) throws IOException {
    if (!options.wants(StartUp.NAME)) {
      return Optional.empty();
    }
    say(StartUp.NAME);
    return Optional.of(
        new StartUp(jvm, project.resolve("benchmarks/target/levin-command"), pace)
            .run(vocabulary, scratch));
  }

  private static void say(String what) {
    System.err.println("race: " + what);
  }
}

package org.levin.tuning.journal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.levin.internal.Arguments;
import org.levin.tuning.trial.Trial;

/**
 * A study as its file tells it.
 *
 * @param header what decided its course
 * @param trials in the order of their numbers, which count from 1 without a gap
 * @param provenances how models of trials came to be, as Tribuo's JSON, by number of the trial
 * @param seconds how long trials took so far, by number of the trial
 */
public record StudyRecord(
    StudyHeader header,
    List<Trial> trials,
    Map<Integer, String> provenances,
    Map<Integer, Double> seconds) {

  /** Takes copies; checks the numbers. */
  public StudyRecord {
    trials = List.copyOf(trials);
    provenances = Collections.unmodifiableMap(new TreeMap<>(provenances));
    seconds = Collections.unmodifiableMap(new TreeMap<>(seconds));
    for (int i = 0; i < trials.size(); i++) {
      Arguments.require(
          trials.get(i).number() == i + 1,
          "trial %d stands where trial %d is expected",
          trials.get(i).number(),
          i + 1);
    }
  }

  /**
   * Reads the file of a study. A last line that was not written to its end is left out.
   *
   * @throws org.levin.format.DamagedFileException if it is damaged, or no study; the message names
   *     the line
   * @throws IOException if it cannot be read
   */
  public static StudyRecord read(Path file) throws IOException {
    return JournalReader.read(file).record();
  }

  /** Returns a trial, if there is one of that number. */
  public Optional<Trial> find(int number) {
    return number >= 1 && number <= trials.size()
        ? Optional.of(trials.get(number - 1))
        : Optional.empty();
  }

  /**
   * Writes the study to a new file, whole or not at all, as if it had been told from the start.
   *
   * @throws IllegalArgumentException if there is a file of that name
   * @throws IOException if it cannot be written
   */
  public void save(Path file) throws IOException {
    Journal.write(file, this);
  }

  /**
   * Returns the names of all parameters that a trial has a value of, in the order of the space;
   * those that it does not name come last.
   */
  public List<String> parameterNames() {
    Set<String> given = new LinkedHashSet<>();
    trials.forEach(trial -> given.addAll(trial.configuration().values().keySet()));
    Set<String> names = new LinkedHashSet<>();
    for (String text : header.space()) {
      // A requirement in a user's own words may hold a "=", too; what it is about is no parameter.
      String name = text.substring(0, Math.max(0, text.indexOf('='))).strip();
      if (given.remove(name)) {
        names.add(name);
      }
    }
    names.addAll(given);
    return List.copyOf(names);
  }
}

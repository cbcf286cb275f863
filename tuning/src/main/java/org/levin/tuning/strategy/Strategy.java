package org.levin.tuning.strategy;

import java.util.List;
import java.util.OptionalInt;
import java.util.function.Predicate;
import org.levin.tuning.space.Configuration;
import org.levin.tuning.space.SearchSpace;
import org.levin.tuning.trial.Objective;
import org.levin.tuning.trial.Trial;

/**
 * Proposes what to try, group by group. What a group proposes depends on the seed and on what came
 * of the groups before it, never on which trial ends first, on time, or on the machine: so a study
 * can be taken up, and run by any number of workers. Immutable.
 */
public interface Strategy {

  /** Returns the name in study files, with the numbers that tell it from others of its kind. */
  String label();

  /** Returns how many configurations it proposes in all, if it knows. */
  default OptionalInt size() {
    return OptionalInt.empty();
  }

  /** Returns a new search. */
  Search begin(Task task);

  /**
   * What is searched.
   *
   * @param space what may be tried
   * @param allowed whether a configuration keeps to the requirements
   * @param rungs how long trials are trained
   * @param objectives what is to be small; the loss first
   * @param seed of every random number
   */
  record Task(
      SearchSpace space,
      Predicate<Configuration> allowed,
      Rungs rungs,
      List<Objective> objectives,
      long seed) {

    /** Takes a copy of the list. */
    public Task {
      objectives = List.copyOf(objectives);
    }
  }

  /** A search under way; for one thread. */
  interface Search {

    /**
     * Returns the next group, none of which was proposed before; empty when there is nothing left.
     *
     * @param soFar all trials of the groups before it, ended, in the order in which they were
     *     proposed
     */
    List<Configuration> next(List<Trial> soFar);
  }
}

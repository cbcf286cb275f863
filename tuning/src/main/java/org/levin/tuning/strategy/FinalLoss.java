package org.levin.tuning.strategy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.levin.tuning.trial.Measurement;
import org.levin.tuning.trial.Trial;

/**
 * What loss trials would have if they were trained whole, so that those that ended at different
 * rungs can be compared: the last one measured, less what others gained from that rung on, in the
 * median.
 */
final class FinalLoss {
  private FinalLoss() {}

  /**
   * Returns the expected losses by number of the trial.
   *
   * @param trials each with a last measurement
   */
  static Map<Integer, Double> estimates(Rungs rungs, List<Trial> trials) {
    Map<Long, Double> gains = new HashMap<>();
    double gain = 0;
    for (int rung = rungs.count() - 1; rung >= 0; rung--) {
      if (rung + 1 < rungs.count()) {
        gain += medianGain(trials, rungs.steps().get(rung), rungs.steps().get(rung + 1));
      }
      gains.put(rungs.steps().get(rung), gain);
    }
    Map<Integer, Double> losses = new HashMap<>();
    for (Trial trial : trials) {
      double loss = trial.measurement().orElseThrow().loss();
      losses.put(trial.number(), loss - gains.get(trial.steps()));
    }
    return losses;
  }

  private static double medianGain(List<Trial> trials, long from, long to) {
    List<Double> gains = new ArrayList<>();
    for (Trial trial : trials) {
      if (trial.after(to).isPresent()) {
        double before = trial.after(from).map(Measurement::loss).orElseThrow();
        gains.add(before - trial.after(to).orElseThrow().loss());
      }
    }
    Collections.sort(gains);
    return gains.isEmpty() ? 0 : gains.get(gains.size() / 2);
  }
}

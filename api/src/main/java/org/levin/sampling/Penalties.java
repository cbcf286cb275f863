package org.levin.sampling;

import java.util.ArrayList;
import java.util.List;
import org.levin.internal.Arguments;

/** Makes what occurred lately less likely. */
record Penalties(double repetition, double frequency, double presence, RecentSymbols recent)
    implements Sampler {
  Penalties {
    Arguments.positive(repetition, "repetitionPenalty");
    Arguments.finite(frequency, "frequencyPenalty");
    Arguments.finite(presence, "presencePenalty");
  }

  @Override
  public void reshape(float[] logits) {
    int[] counts = new int[logits.length];
    for (int id : recent.ids()) {
      counts[id]++;
    }
    for (int v = 0; v < logits.length; v++) {
      if (counts[v] > 0) {
        double divided = logits[v] > 0 ? logits[v] / repetition : logits[v] * repetition;
        logits[v] = (float) (divided - frequency * counts[v] - presence);
      }
    }
  }

  @Override
  public Sampler after(int id) {
    return new Penalties(repetition, frequency, presence, recent.with(id));
  }

  @Override
  public String toString() {
    List<String> parts = new ArrayList<>();
    if (repetition == 1 && frequency == 0 && presence == 0) {
      parts.add("none");
    }
    if (repetition != 1) {
      parts.add("repetition " + repetition);
    }
    if (frequency != 0) {
      parts.add("frequency " + frequency);
    }
    if (presence != 0) {
      parts.add("presence " + presence);
    }
    return "penalties(%s, window %d)".formatted(String.join(", ", parts), recent.window());
  }
}

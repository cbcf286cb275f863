package org.levin.engine.contract;

import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestPlan;

/** Prints {@link Comparisons} at the end of a run; the launcher of JUnit finds it by itself. */
public final class ComparisonReport implements TestExecutionListener {
  @Override
  public void testPlanExecutionFinished(TestPlan plan) {
    String summary = Comparisons.summary();
    if (!summary.isEmpty()) {
      System.out.println("compared: " + summary);
    }
  }
}

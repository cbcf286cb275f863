package org.levin.report;

import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestPlan;

/** Prints {@link Counts} at the end of a run; the launcher of JUnit finds it by itself. */
public final class CountsReport implements TestExecutionListener {
  @Override
  public void testPlanExecutionFinished(TestPlan plan) {
    Counts.lines().forEach(System.out::println);
  }
}

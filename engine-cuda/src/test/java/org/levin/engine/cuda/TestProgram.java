package org.levin.engine.cuda;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectUniqueId;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/**
 * What a JVM started by a test runs: test classes, methods after a {@code #}, or tests by JUnit's
 * ids; and a line for each test's start and end.
 */
public final class TestProgram {
  /** Begins a line that tells of a test: then come its names, what went wrong, and its id. */
  public static final String MARK = "tested\t";

  /** Begins a line that tells of a test under way, which may never end: its names, and its id. */
  public static final String BEGIN_MARK = "testing\t";

  private TestProgram() {}

  /** Runs them. */
  public static void main(String... tests) {
    var selectors = Arrays.stream(tests).map(TestProgram::selector).toList();
    var request = LauncherDiscoveryRequestBuilder.request().selectors(selectors).build();
    LauncherFactory.create().execute(request, new Lines());
  }

  private static DiscoverySelector selector(String test) {
    if (test.startsWith("[")) {
      return selectUniqueId(test);
    }
    return test.contains("#") ? selectMethod(test) : selectClass(test);
  }

  private static final class Lines implements TestExecutionListener {
    private TestPlan plan;

    @Override
    public void testPlanExecutionStarted(TestPlan plan) {
      this.plan = plan;
    }

    @Override
    public void executionSkipped(TestIdentifier test, String reason) {
      print(test, "it was skipped: " + reason);
    }

    @Override
    public void executionStarted(TestIdentifier test) {
      if (test.isTest()) {
        System.out.println(BEGIN_MARK + name(test) + "\t" + test.getUniqueId());
      }
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
      boolean failed = result.getStatus() != TestExecutionResult.Status.SUCCESSFUL;
      if (test.isTest() || failed) {
        print(test, result.getThrowable().map(Lines::trace).orElse(failed ? "it failed" : ""));
      }
    }

    private static String trace(Throwable thrown) {
      StringWriter text = new StringWriter();
      thrown.printStackTrace(new PrintWriter(text));
      return text.toString();
    }

    private void print(TestIdentifier test, String failure) {
      String encoded = Base64.getEncoder().encodeToString(failure.getBytes(StandardCharsets.UTF_8));
      String id = test.isTest() ? test.getUniqueId() : "";
      System.out.println(MARK + name(test) + "\t" + encoded + "\t" + id);
    }

    /** Returns the names from the class down. */
    private String name(TestIdentifier test) {
      String name = test.getDisplayName().replaceAll("\\s", " ");
      return plan.getParent(test)
          .filter(parent -> parent.getParentId().isPresent())
          .map(parent -> name(parent) + " " + name)
          .orElse(name);
    }
  }
}

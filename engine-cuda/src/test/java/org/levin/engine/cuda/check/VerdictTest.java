package org.levin.engine.cuda.check;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.junit.jupiter.api.Test;

class VerdictTest {
  private final Results results = new Results();

  private void add(PartName name, Setting setting, String status, ObjectNode result) {
    ObjectNode part = ResultLine.object().put("status", status);
    part.putArray("results").add(result);
    results.add(new Part(name, setting, 1, List.of()), part);
  }

  private void addTests(Setting setting, String status, int run, int failed) {
    add(PartName.TESTS, setting, status, ResultLine.object().put("run", run).put("failed", failed));
  }

  private void addTraining(PartName name, double loss, String digest) {
    add(
        name,
        Setting.DEFAULT,
        "done",
        ResultLine.object().put("validationLoss", loss).put("parametersDigest", digest));
  }

  private void addTrainings(double cpu, double cuda, String once, String again) {
    addTraining(PartName.TRAINING_CPU, cpu, "other");
    addTraining(PartName.TRAINING, cuda, once);
    addTraining(PartName.TRAINING_AGAIN, cuda, again);
  }

  private List<String> failures() {
    return Verdict.of(results).failures();
  }

  @Test
  void passesWhereAllHolds() {
    addTests(Setting.DEFAULT, "done", 64, 0);
    addTests(Setting.precision("fp32"), "not run", 0, 0);
    addTrainings(1.5, 1.5099, "a", "a");
    assertEquals(List.of(), failures());
  }

  @Test
  void tellsTestsThatFailedOrDidNotEnd() {
    addTests(Setting.DEFAULT, "done", 64, 2);
    addTests(Setting.precision("fp32"), "timed out", 3, 0);
    addTrainings(1.5, 1.5, "a", "a");
    assertEquals(List.of("tests: 2 failed", "tests (fp32): timed out"), failures());
  }

  @Test
  void tellsLossesThatDifferAndAreNotNumbers() {
    addTests(Setting.DEFAULT, "done", 64, 0);
    addTrainings(1.5, 1.4899, "a", "a");
    assertEquals(
        List.of("agreement with the CPU engine: validation losses differ by -0.0101 nats"),
        failures());
    addTraining(PartName.TRAINING, Double.NaN, "a");
    assertEquals(
        List.of("agreement with the CPU engine: validation losses differ by NaN nats"), failures());
  }

  @Test
  void tellsParametersThatDoNotRepeat() {
    addTests(Setting.DEFAULT, "done", 64, 0);
    addTrainings(1.5, 1.5, "a", "b");
    assertEquals(List.of("repeatability: the same training gave other parameters"), failures());
  }

  @Test
  void doesNotPassWhereNothingWasMeasured() {
    assertEquals(
        List.of(
            "tests: not one ran",
            "agreement with the CPU engine: not measured",
            "repeatability: not measured"),
        failures());
  }
}

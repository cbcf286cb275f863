package org.levin.engine.cuda.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VerdictTest {
  private static final Setting FP32 = Setting.precision("fp32");
  private static final Setting TF32 = Setting.precision("tf32");

  private final Results results = new Results(List.of());

  private static Part part(PartName name, Setting setting) {
    return new Part(name, setting, Limits.of(1), List.of(), Map.of());
  }

  private void add(PartName name, Setting setting, String status, ObjectNode result) {
    ObjectNode told = ResultLine.object().put("status", status);
    told.putArray("results").add(result);
    results.add(part(name, setting), told);
  }

  private void addTests(Setting setting, String status, int run, int failed) {
    add(PartName.TESTS, setting, status, ResultLine.object().put("run", run).put("failed", failed));
  }

  private void addTraining(PartName name, double loss, String digest) {
    // As a process tells it, for which what is not finite is a text.
    String line =
        "result\t"
            + ResultLine.object().put("validationLoss", loss).put("parametersDigest", digest);
    add(name, Setting.DEFAULT, "done", ResultLine.read(line).orElseThrow());
  }

  private void addTrainings(double cpu, double cuda, String once, String again) {
    addTraining(PartName.TRAINING_CPU, cpu, "other");
    addTraining(PartName.TRAINING, cuda, once);
    addTraining(PartName.TRAINING_AGAIN, cuda, again);
  }

  private void addFine() {
    addTests(FP32, "done", 64, 0);
    addTrainings(1.5, 1.5099, "a", "a");
  }

  private Verdict verdict() {
    return Verdict.of(results);
  }

  private void assertFailures(String... failures) {
    assertEquals(List.of(failures), verdict().failures());
    assertEquals(failures.length == 0 ? 0 : 1, verdict().status());
  }

  @Test
  void passesWhereAllHolds() {
    addFine();
    assertTrue(verdict().passed());
    assertFailures();
  }

  @ParameterizedTest
  @ValueSource(strings = {"not run", "cut short", "timed out"})
  void testsForWhichTimeWasTooShortAreNoFailure(String status) {
    addFine();
    addTests(TF32, status, 3, 0);
    assertFalse(verdict().passed());
    assertEquals(List.of("tests (tf32)"), verdict().unchecked());
    assertEquals(List.of(), verdict().failures());
    assertEquals(3, verdict().status());
  }

  @Test
  void tellsTestsThatFailedHungOrDied() {
    addFine();
    addTests(FP32, "done", 64, 2);
    addTests(TF32, "cut short", 64, 1);
    addTests(Setting.precision("bf16"), "hung", 3, 0);
    addTests(FP32.recurrence("steps"), "failed", 3, 0);
    assertFailures(
        "tests (fp32): 2 failed",
        "tests (tf32): 1 failed",
        "tests (bf16): hung",
        "tests (fp32, steps): failed");
  }

  @Test
  void doesNotPassWhereNoTestRan() {
    addFine();
    addTests(FP32, "done", 0, 0);
    assertFailures("tests (fp32): not one ran");
  }

  @Test
  void tellsLossesThatDifferAndAreNotNumbers() {
    addFine();
    addTrainings(1.5, 1.4899, "a", "a");
    assertFailures("agreement with the CPU engine: validation losses differ by -0.0101 nats");
    addTraining(PartName.TRAINING, Double.NaN, "a");
    assertFailures("agreement with the CPU engine: validation losses differ by NaN nats");
  }

  @Test
  void tellsParametersThatDoNotRepeat() {
    addFine();
    addTrainings(1.5, 1.5, "a", "b");
    assertFailures("repeatability: the same training gave other parameters");
  }

  @Test
  void trainingsThatFailedAreFailures() {
    addFine();
    add(PartName.TRAINING, Setting.DEFAULT, "timed out", ResultLine.object());
    assertFailures("agreement with the CPU engine: not measured", "repeatability: not measured");
  }

  @Test
  void trainingsThatWereStoppedInTimeAreNotCompared() {
    addFine();
    ObjectNode stopped = ResultLine.object().put("stopped", true);
    add(PartName.TRAINING_CPU, Setting.DEFAULT, "done", stopped);
    assertEquals(List.of("agreement with the CPU engine"), verdict().unchecked());
    assertEquals(List.of(), verdict().failures());
  }

  @Test
  void whatWasNotReachedIsNotChecked() {
    Results none =
        new Results(
            List.of(
                part(PartName.TESTS, FP32),
                part(PartName.TRAINING_CPU, Setting.DEFAULT),
                part(PartName.TRAINING, Setting.DEFAULT),
                part(PartName.TRAINING_AGAIN, Setting.DEFAULT)));
    assertEquals(
        List.of("tests (fp32)", "agreement with the CPU engine", "repeatability"),
        Verdict.of(none).unchecked());
    assertEquals(3, Verdict.of(none).status());
  }

  @Test
  void whatWasNotAskedForIsNoPromise() {
    addTests(TF32, "done", 2, 0);
    addTraining(PartName.TRAINING_CPU, 1.5, "a");
    assertTrue(verdict().passed());
  }

  @Test
  void aDeviceThatFailsIsAFailure() {
    addFine();
    add(PartName.DEVICE, Setting.DEFAULT, "failed", ResultLine.object());
    assertFailures("device: failed");
  }
}

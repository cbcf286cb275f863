package org.levin.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.levin.cli.Outcome.levin;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.levin.tuning.journal.StudyRecord;

/** {@code levin tune} and {@code levin study}. */
class TuneCommandTest {
  @TempDir private Path folder;
  private Path text;
  private Path study;
  private Path model;

  @BeforeEach
  void name() throws IOException {
    text = Texts.write(folder.resolve("text.txt"), 60);
    study = folder.resolve("study.jsonl");
    model = folder.resolve("model.safetensors");
  }

  private Object[] tuning(Path study, Object... more) {
    List<Object> arguments = new ArrayList<>(List.of("tune", "--text", text, "--study", study));
    arguments.addAll(
        List.of("--only", "--space", "hidden=4..12/4", "--space", "learning-rate=1e-3..1e-1 log"));
    arguments.addAll(List.of("--space", "batch=4", "--space", "sequence=8", "--space", "layers=1"));
    arguments.addAll(List.of("--trial-steps", 90, "--trials", 10));
    arguments.addAll(List.of(more));
    return arguments.toArray();
  }

  @Test
  void findsAModelThatSampleReadsAndInfoExplains() {
    Outcome tuned = levin(tuning(study, "--model", model)).succeeded();
    assertTrue(tuned.out().contains("best: trial "), tuned::toString);
    assertTrue(tuned.err().contains("trial 1  step 10  loss "), tuned::toString);
    levin("sample", "--model", model, "--length", 20).succeeded();
    Outcome info = levin("info", "--model", model).succeeded();
    assertTrue(info.out().contains("of the study study.jsonl"), info::toString);
    levin("reproduce", "--model", model, "--quiet").succeeded();
  }

  @Test
  void theSameCommandGoesOnAndFindsNothingMoreToDo() throws IOException {
    levin(tuning(study, "--quiet")).succeeded();
    byte[] before = Files.readAllBytes(study);
    Outcome again = levin(tuning(study)).succeeded();
    assertTrue(again.err().contains("going on after "), again::toString);
    assertFalse(again.err().contains("trial 1  step"), again::toString);
    assertEquals(new String(before), Files.readString(study));
  }

  @Test
  void aPersonSeesATableOfRungs() {
    Outcome watched = Outcome.onTerminal(tuning(study));
    watched.succeeded();
    assertTrue(watched.err().contains("    step  trials  best loss  median"), watched::toString);
    assertTrue(watched.err().contains("\u001b["), "drawn anew");
  }

  @Test
  void trainsTheBestOptionsForLonger() throws IOException {
    levin(tuning(study, "--retrain", 2, "--model", model, "--quiet")).succeeded();
    Outcome info = levin("info", "--model", model).succeeded();
    assertTrue(info.out().contains("epochs 2"), info::toString);
    assertTrue(info.out().contains("of the study study.jsonl"), info::toString);
  }

  @Test
  void takesTheSmallestOfTheGoodOnes() throws IOException {
    levin(tuning(study, "--besides", "parameters", "--within", 1000, "--rungs", 1)).succeeded();
    Outcome small =
        levin(tuning(study, "--besides", "parameters", "--within", 1000, "--rungs", 1, "--quiet"))
            .succeeded();
    assertTrue(small.out().contains("hiddenSize=4 "), small::toString);
  }

  @Test
  void triesWhatItIsGiven() throws IOException {
    Path given =
        Files.writeString(
            folder.resolve("given"),
            """
            # two
            hidden=8 learning-rate=0.01 batch=4 sequence=8 layers=1

            hidden=4 learning-rate=0.05 batch=4 sequence=8 layers=1
            """);
    levin(tuning(study, "--given", given, "--quiet")).succeeded();
    assertEquals(2, StudyRecord.read(study).trials().size());
  }

  @Test
  void tellsWhatCameOfAStudy() {
    levin(tuning(study, "--quiet")).succeeded();
    Path csv = folder.resolve("study.csv");
    Path arrow = folder.resolve("study.arrow");
    Outcome told = levin("study", study, "--csv", csv, "--arrow", arrow).succeeded();
    assertTrue(told.out().contains("learningRate="), told::toString);
    assertTrue(told.out().contains("10 trials, "), told::toString);
    assertTrue(Files.exists(csv) && Files.exists(arrow));
  }

  @Test
  void comparesAndMerges() throws IOException {
    Path other = folder.resolve("other.jsonl");
    levin(tuning(study, "--quiet")).succeeded();
    levin(tuning(other, "--seed", 7, "--quiet")).succeeded();
    assertEquals(0, levin("study", study, "--compare", study).code());
    Outcome different = levin("study", study, "--compare", other);
    assertEquals(1, different.code());
    assertTrue(different.out().contains("the seed"), different::toString);
    Path merged = folder.resolve("merged.jsonl");
    levin("study", study, other, "--merge", merged).succeeded();
    assertTrue(StudyRecord.read(merged).trials().size() > 10);
  }

  @Test
  void saysWhatIsWrong() throws IOException {
    levin("tune", "--text", text, "--study", study, "--space", "hidden=9..4")
        .misused("\"hidden=9..4\"", "empty");
    levin("tune", "--text", text, "--study", study, "--space", "epochs=1..4")
        .misused("epochs cannot be searched");
    levin("tune", "--text", text, "--study", study, "--only").misused("--only");
    levin(tuning(study, "--retrain", 2)).misused("--model");
    levin(tuning(study, "--within", 1)).misused("--besides");
    levin(tuning(study, "--besides", "beauty")).misused("objective", "beauty");
    levin(tuning(study, "--time", "soon")).misused("soon");
    levin(tuning(text)).misused("--study would write over");
    levin(tuning(study, "--quiet")).succeeded();
    levin(tuning(study, "--seed", 5)).failed("another study", "the seed 5, not 42");
    Files.writeString(study, "{\"event\":\"nonsense\"}\n");
    levin("study", study).failed(study, "line 1");
    levin(tuning(study)).failed(study, "line 1");
  }

  @Test
  void aKilledSearchIsTakenUpToTheSameEnd() throws Exception {
    Path killed = folder.resolve("killed.jsonl");
    levin(tuning(study, "--quiet")).succeeded();
    for (int results = 2; results < 14; results += 4) {
      Process child = ChildJvm.in(folder).start(tuning(killed, "--quiet"));
      while (child.isAlive() && results(killed) < results) {
        Thread.sleep(5);
      }
      child.destroyForcibly().waitFor();
    }
    assertTrue(results(killed) < results(study), "killed before it came to its end");
    levin(tuning(killed, "--quiet")).succeeded();
    levin("study", study, "--compare", killed).succeeded();
  }

  private static long results(Path study) throws IOException {
    if (!Files.exists(study)) {
      return 0;
    }
    return Files.readString(study).lines().filter(line -> line.contains("\"measured\"")).count();
  }
}

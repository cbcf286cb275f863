package org.levin.cli;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.levin.cli.Outcome.levin;
import static org.levin.cli.Texts.training;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.levin.corpus.Corpus;

class OutputModelTest {
  @TempDir Path folder;
  private Path text;
  private Path model;

  @BeforeEach
  void aModel() throws IOException {
    text = Texts.write(folder.resolve("text.txt"), 10);
    model = folder.resolve("model.safetensors");
    levin(training("--text", text, "--model", model, "--steps", 1)).succeeded();
  }

  @Test
  void theDefaultFileMayReplaceAModelOfTheSameText() throws IOException {
    try (Corpus corpus = Corpus.of(text)) {
      assertDoesNotThrow(() -> new OutputModel(model, false).check(corpus));
    }
  }

  @Test
  void theDefaultFileNeverReplacesAnotherTextsModelOrWhatIsNoModel() throws IOException {
    Path other = Texts.write(folder.resolve("other.txt"), 11);
    try (Corpus corpus = Corpus.of(other)) {
      assertRefused(corpus);
      assertDoesNotThrow(() -> new OutputModel(model, true).check(corpus));
    }
    Files.writeString(model, "notes");
    try (Corpus corpus = Corpus.of(text)) {
      assertRefused(corpus);
      assertDoesNotThrow(() -> new OutputModel(model, true).check(corpus));
    }
  }

  private void assertRefused(Corpus corpus) {
    FileAlreadyExistsException refusal =
        assertThrows(
            FileAlreadyExistsException.class, () -> new OutputModel(model, false).check(corpus));
    assertTrue(refusal.getMessage().contains("--model"), refusal::getMessage);
  }

  @Test
  void theCommandRefusesTheDefaultFileInTheFolderWhereItRuns() throws Exception {
    Path other = Texts.write(folder.resolve("other.txt"), 11);
    byte[] before = Files.readAllBytes(model);
    Outcome outcome = ChildJvm.in(folder).levin(training("--text", other, "--steps", 1));
    outcome.failed("model.safetensors", "not a model of this text", "--model");
    assertEquals(-1, java.util.Arrays.mismatch(before, Files.readAllBytes(model)));
  }

  @Test
  void whatCannotBeWrittenIsFoundBeforeTheTraining() throws IOException {
    Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("nowhere"));
    assertFoundEarly(folder.resolve("missing").resolve("model"), "there is no folder");
    assertFoundEarly(folder, "is a folder");
    assertFoundEarly(link, "link to nothing");
  }

  @Test
  void aProtectedFolderIsFoundBeforeTheTraining() throws IOException {
    Path closed =
        Files.createDirectory(
            folder.resolve("closed"),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("r-xr-xr-x")));
    assumeFalse(Files.isWritable(closed), "root may write everywhere");
    assertFoundEarly(closed.resolve("model"), "write-protected");
  }

  private void assertFoundEarly(Path output, String reason) {
    Path metrics = folder.resolve("metrics.jsonl");
    levin(training("--text", text, "--model", output, "--metrics", metrics)).failed(output, reason);
    assertFalse(Files.exists(metrics), "no step was made");
  }
}

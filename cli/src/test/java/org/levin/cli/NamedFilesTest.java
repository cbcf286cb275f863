package org.levin.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.levin.cli.Outcome.levin;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** No command writes over a file that it reads. */
class NamedFilesTest {
  @TempDir Path folder;
  private Path text;
  private Path model;

  @BeforeEach
  void write() throws IOException {
    model = Texts.model(folder);
    text = folder.resolve("text.txt");
  }

  private void refuses(Path kept, Object... arguments) throws IOException {
    byte[] before = Files.readAllBytes(kept);
    levin(arguments).misused(kept);
    assertEquals(-1, Arrays.mismatch(before, Files.readAllBytes(kept)));
  }

  @Test
  void trainKeepsItsText() throws IOException {
    for (String flag : new String[] {"--model", "--checkpoint", "--metrics"}) {
      refuses(text, Texts.training("--text", text, "--steps", 1, flag, text));
    }
    refuses(model, Texts.training("--text", text, "--model", model, "--metrics", model));
  }

  @Test
  void twoOutputsAreTwoFiles() {
    Path file = folder.resolve("file");
    levin(Texts.training("--text", text, "--checkpoint", file, "--metrics", file))
        .misused("--checkpoint", "--metrics", file);
  }

  @Test
  void theOthersKeepTheirFiles() throws IOException {
    refuses(text, "encode", "--text", text, "--output", text);
    refuses(model, "score", "--model", model, "--text", text, "--provenance", model);
    refuses(text, "score", "--model", model, "--text", text, "--provenance", text);
    refuses(model, "reproduce", "--model", model, "--output", model);
    refuses(model, "import", "--weights", model, "--vocabulary", text, "--model", model);
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void aLinkIsTheSameFile() throws IOException {
    Path link = Files.createSymbolicLink(folder.resolve("link"), text);
    levin("encode", "--text", text, "--output", link).misused("--output", link, "--text");
    levin("encode", "--text", text, "--output", folder.resolve("./text.txt")).misused("--text");
  }

  @Test
  void checkpointAndModelMayBeOneFile() {
    levin(Texts.training("--text", text, "--steps", 1, "--checkpoint", model, "--model", model))
        .succeeded();
  }

  @Test
  void resumingKeepsAFileThatHoldsNoMetrics() throws IOException {
    Path checkpoint = folder.resolve("checkpoint");
    levin(
            Texts.training(
                "--text", text, "--steps", 1, "--checkpoint", checkpoint, "--model", model))
        .succeeded();
    Path notes = Files.writeString(folder.resolve("notes.txt"), "do not lose this\n");
    levin("train", "--resume", checkpoint, "--model", model, "--metrics", notes)
        .failed(notes, "holds no metrics of a training");
    assertEquals("do not lose this\n", Files.readString(notes));
    Path binary = Files.write(folder.resolve("binary"), new byte[] {(byte) 0xFF, 1});
    levin("train", "--resume", checkpoint, "--model", model, "--metrics", binary)
        .failed(binary, "holds no metrics of a training");
  }
}

package org.levin.cli;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.levin.cli.Outcome.levin;
import static org.levin.cli.Texts.training;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BadInputTest {
  @TempDir Path folder;
  private Path text;
  private Path output;

  @BeforeEach
  void paths() {
    text = folder.resolve("bad.txt");
    output = folder.resolve("output.safetensors");
  }

  @Test
  void anEmptyText() throws IOException {
    Files.writeString(text, "");
    train().failed(text, "the text is empty");
    levin("encode", "--text", text, "--output", output).failed(text, "the text is empty");
    levin("encode", "--bytes", "--text", text, "--output", output)
        .failed(text, "the text is empty");
    assertFalse(Files.exists(output));
  }

  @Test
  void aTextShorterThanABatch() throws IOException {
    Files.writeString(text, "too short");
    train()
        .failed(
            "batch size 4 with sequence length 8 needs 32",
            "there are 8",
            "batch size 1",
            "sequence length 2",
            "--batch",
            "--sequence");
  }

  @Test
  void aTextThatIsNoUtf8() throws IOException {
    byte[] bytes = Texts.of(3).getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
    Files.write(text, bytes);
    int offset = Texts.of(1).indexOf('\u00fc');
    train().failed(text, "UTF-8", "byte offset " + offset);
  }

  @Test
  void aTextThatIsNotThere() {
    train().failed(text, "does not exist");
    levin("encode", "--text", text, "--output", output).failed(text, "does not exist");
  }

  @Test
  void aFolderInPlaceOfAFile() throws IOException {
    Files.createDirectory(text);
    train().failed(text, "is a folder");
    levin(training("--corpus", text, "--model", output)).failed(text, "is a folder");
    levin("sample", "--model", text).failed(text, "is a folder");
    levin("info", "--corpus", text).failed(text, "is a folder");
  }

  @Test
  void aFileThatMustNotBeRead() throws IOException {
    Path model = Texts.model(folder);
    for (Path file : new Path[] {Texts.write(text, 3), model}) {
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("---------"));
      assumeFalse(Files.isReadable(file), "root may read everything");
    }
    train().failed(text, "must not be read");
    levin("sample", "--model", model).failed(model, "permission denied");
  }

  @Test
  void aModelThatIsNotThere() {
    for (String command : new String[] {"sample", "info"}) {
      levin(command, "--model", output).failed(output, "no such file");
    }
    levin("score", "--string", "abc", "--model", output).failed(output, "no such file");
    Path corpus = folder.resolve("corpus.arrow");
    levin("encode", "--text", text, "--output", corpus, "--vocabulary", output)
        .failed(output, "no such file");
    Path json = folder.resolve("missing.json");
    levin("encode", "--text", text, "--output", corpus, "--vocabulary", json)
        .failed(json, "no such file");
  }

  @Test
  void aModelWithOneFlippedBit() throws IOException {
    Path model = Texts.model(folder);
    byte[] bytes = Files.readAllBytes(model);
    bytes[bytes.length - 5] ^= 1;
    Files.write(model, bytes);
    levin("sample", "--model", model).failed(model, "altered or damaged", "levin.sha256");
    levin("score", "--string", "abc", "--model", model).failed(model, "altered or damaged");
    levin("info", "--model", model).failed(model, "altered or damaged");
  }

  @Test
  void aModelThatWasCutOffAnywhere() throws IOException {
    Path model = Texts.model(folder);
    byte[] bytes = Files.readAllBytes(model);
    for (int length : new int[] {0, 7, 8, 300, bytes.length / 2, bytes.length - 1}) {
      Files.write(model, Arrays.copyOf(bytes, length));
      levin("sample", "--model", model).failed(model);
    }
  }

  @Test
  void somethingElseInPlaceOfAModel() throws IOException {
    Texts.write(text, 5);
    levin("sample", "--model", text).failed(text, "no safetensors file");
    levin("info", "--model", text).failed(text, "no safetensors file");
  }

  @Test
  void aDamagedCorpus() throws IOException {
    Path corpus = folder.resolve("corpus.arrow");
    levin("encode", "--text", Texts.write(text, 40), "--output", corpus).succeeded();
    byte[] sound = Files.readAllBytes(corpus);
    for (int at = 1; at < sound.length; at += sound.length / 23) {
      byte[] damaged = sound.clone();
      damaged[at] ^= 4;
      Files.write(corpus, damaged);
      levin("info", "--corpus", corpus).failed(corpus);
    }
    Files.write(corpus, Arrays.copyOf(sound, sound.length - 9));
    levin(training("--corpus", corpus, "--model", output)).failed(corpus, "cut off");
    Texts.write(corpus, 5);
    levin(training("--corpus", corpus, "--model", output)).failed(corpus, "no corpus");
    assertFalse(Files.exists(output));
  }

  @Test
  void anUnknownEngine() throws IOException {
    Texts.write(text, 40);
    levin(training("--text", text, "--model", output, "--engine", "abacus"))
        .misused("abacus", "cpu");
    levin(training("--text", text, "--model", output, "--steps", 1)).succeeded();
    levin("score", "--model", output, "--engine", "abacus", "--text", text)
        .misused("abacus", "cpu");
    levin("sample", "--model", output, "--engine", "abacus").misused("abacus", "cpu");
  }

  @Test
  void metricsThatCannotBeWritten() throws IOException {
    Texts.write(text, 40);
    Path missing = folder.resolve("missing");
    levin(training("--text", text, "--model", output, "--metrics", missing.resolve("m")))
        .failed(missing, "no folder");
    levin(training("--text", text, "--model", output, "--metrics", folder)).failed(folder);
    assertFalse(Files.exists(output));
  }

  @Test
  void textAndCorpusTogether() {
    levin("train", "--text", text, "--corpus", text).misused("--text", "--corpus");
  }

  @Test
  void verboseAddsTheStackTrace() {
    Outcome outcome = levin("sample", "--verbose", "--model", output);
    assertTrue(outcome.err().contains("\tat org.levin."), outcome.err());
  }

  private Outcome train() {
    return levin(training("--text", text, "--model", output));
  }
}

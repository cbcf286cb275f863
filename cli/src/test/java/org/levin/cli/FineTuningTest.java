package org.levin.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.levin.cli.Outcome.levin;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.levin.SequenceModel;

/** {@code levin train --from}. */
class FineTuningTest {
  @TempDir Path folder;
  private Path start;
  private Path tuned;

  @BeforeEach
  void aModel() throws IOException {
    start = Texts.model(folder);
    tuned = folder.resolve("tuned.safetensors");
  }

  @Test
  void keepsArchitectureAndVocabularyAndRemembersWhereItStarted() throws IOException {
    Path few = Files.writeString(folder.resolve("few.txt"), "Alle".repeat(20));
    train(few).succeeded();
    try (SequenceModel before = SequenceModel.load(start);
        SequenceModel after = SequenceModel.load(tuned)) {
      assertEquals(before.architecture(), after.architecture());
      assertEquals(before.vocabulary(), after.vocabulary());
      assertNotEquals(before.parameters(), after.parameters());
    }
    String digest =
        levin("info", "--model", start, "--json").json().get("parametersSha256").asText();
    String origin = levin("info", "--model", tuned).succeeded().out();
    assertTrue(
        origin.contains("start    a model whose parameters have the SHA-256 " + digest), origin);
  }

  @Test
  void symbolsThatTheModelLacksAreListedOrSkipped() throws IOException {
    Path strange = Files.writeString(folder.resolve("strange.txt"), "Alle日本".repeat(20));
    train(strange).failed("日", "本", "--unknown skip");
    train(strange, "--unknown", "skip").succeeded();
  }

  @Test
  void aCorpusOfAnotherVocabularyIsRefused() throws IOException {
    Path few = Files.writeString(folder.resolve("few.txt"), "Alle".repeat(20));
    Path corpus = folder.resolve("corpus.arrow");
    levin("encode", "--text", few, "--output", corpus).succeeded();
    levin("train", "--from", start, "--corpus", corpus, "--model", tuned)
        .failed("encoded with another vocabulary (3 symbols)");
    levin("encode", "--text", few, "--output", corpus, "--vocabulary", start).succeeded();
    levin(
            "train",
            "--from",
            start,
            "--corpus",
            corpus,
            "--model",
            tuned,
            "--batch",
            2,
            "--sequence",
            5,
            "--steps",
            1)
        .succeeded();
  }

  @Test
  void whatTheModelDecidesCanBeRepeatedButNotChanged() throws IOException {
    Path few = Files.writeString(folder.resolve("few.txt"), "Alle".repeat(20));
    int hidden;
    try (SequenceModel model = SequenceModel.load(start)) {
      hidden = model.architecture().hiddenSize();
    }
    train(few, "--hidden", hidden).succeeded();
    train(few, "--hidden", hidden + 1).misused("--hidden is " + (hidden + 1), "--from", hidden);
    train(few, "--layers", 7).misused("--layers is 7", "--from");
    train(few, "--initialization", "uniform").misused("--initialization", "--from");
  }

  @Test
  void aTextIsNeeded() {
    levin("train", "--from", start, "--model", tuned).misused("--from needs a text");
  }

  @Test
  void aModelThatIsNotThereIsNamed() throws IOException {
    Path few = Files.writeString(folder.resolve("few.txt"), "Alle".repeat(20));
    Path missing = folder.resolve("missing.safetensors");
    levin("train", "--from", missing, "--text", few, "--model", tuned).failed(missing);
    levin("import", "--weights", missing, "--vocabulary", few, "--model", tuned).failed(few);
  }

  private Outcome train(Path text, Object... more) {
    Object[] all = {
      "train",
      "--from",
      start,
      "--text",
      text,
      "--model",
      tuned,
      "--batch",
      2,
      "--sequence",
      5,
      "--steps",
      3
    };
    Object[] arguments = java.util.Arrays.copyOf(all, all.length + more.length);
    System.arraycopy(more, 0, arguments, all.length, more.length);
    return levin(arguments);
  }
}

package org.levin.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.levin.cli.Outcome.levin;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.levin.SequenceModel;
import org.levin.corpus.Corpus;
import org.levin.text.Vocabulary;

class EncodeCommandTest {
  @TempDir Path folder;
  private Path text;
  private Path corpus;

  @BeforeEach
  void aText() throws IOException {
    text = Texts.write(folder.resolve("encoded.txt"), 3);
    corpus = folder.resolve("corpus.arrow");
  }

  @Test
  void theTextComesBack() throws IOException {
    Outcome outcome = levin("encode", "--text", text, "--output", corpus).succeeded();
    long symbols = Texts.of(1).codePoints().distinct().count();
    long tokens = Texts.of(3).codePoints().count();
    assertEquals(corpus + ": " + tokens + " tokens of " + symbols + " symbols\n", outcome.out());
    assertEquals("", outcome.err());
    assertEquals(Texts.of(3), decoded());
  }

  @Test
  void severalTextsFollowEachOther() throws IOException {
    Path other = Files.writeString(folder.resolve("other.txt"), "end");
    levin("encode", "--text", text, other, "--output", corpus).succeeded();
    assertEquals(Texts.of(3) + "end", decoded());
  }

  @Test
  void bytesAreTokensOnRequest() throws IOException {
    levin("encode", "--text", text, "--output", corpus, "--bytes").succeeded();
    assertEquals(Texts.of(3), decoded());
    byte[] utf8 = Texts.of(3).getBytes(StandardCharsets.UTF_8);
    int[] ids = ids();
    assertEquals(utf8.length, ids.length);
    for (int i = 0; i < ids.length; i++) {
      assertEquals(utf8[i] & 0xFF, ids[i]);
    }
  }

  @Test
  void takesTheVocabularyOfAModel() throws IOException {
    Path model = Texts.model(folder);
    Path few = Files.writeString(folder.resolve("few.txt"), "Alle");
    levin("encode", "--text", few, "--output", corpus, "--vocabulary", model).succeeded();
    try (SequenceModel loaded = SequenceModel.load(model)) {
      assertArrayEquals(loaded.vocabulary().encode("Alle"), ids());
    }
  }

  @Test
  void takesAVocabularyFromJson() throws IOException {
    Path json = Files.writeString(folder.resolve("v.json"), "{\"l\":2, \"e\":0, \"A\":1}");
    Path few = Files.writeString(folder.resolve("few.txt"), "Alle");
    levin("encode", "--text", few, "--output", corpus, "--vocabulary", json).succeeded();
    assertArrayEquals(new int[] {1, 2, 2, 0}, ids());
  }

  @Test
  void namesTheSymbolsThatAGivenVocabularyLacks() throws IOException {
    Path json = Files.writeString(folder.resolve("v.json"), "{\"l\":0, \"e\":1}");
    Path few = Files.writeString(folder.resolve("few.txt"), "leAlle!");
    levin("encode", "--text", few, "--output", corpus, "--vocabulary", json)
        .failed("position 2", "lacks 2 symbols", "\"!\" (U+0021)", "\"A\" (U+0041)");
    assertFalse(Files.exists(corpus));
  }

  @Test
  void aVocabularyFileMustNumberItsSymbolsWithoutAGap() throws IOException {
    Path json = Files.writeString(folder.resolve("v.json"), "{\"l\":0, \"e\":2}");
    levin("encode", "--text", text, "--output", corpus, "--vocabulary", json)
        .failed(json, "id 2", "0 to 1");
    Files.writeString(json, "[1]");
    levin("encode", "--text", text, "--output", corpus, "--vocabulary", json)
        .failed(json, "JSON object");
  }

  @Test
  void aVocabularyIsGivenOnlyOnce() {
    levin("encode", "--text", text, "--output", corpus, "--bytes", "--vocabulary", "x")
        .misused("--bytes", "--vocabulary");
  }

  @Test
  void aFolderThatIsNotThereIsNamed() {
    Path missing = folder.resolve("missing");
    levin("encode", "--text", text, "--output", missing.resolve("c")).failed(missing, "no folder");
  }

  @Test
  void aFailureLeavesTheCorpusThatWasThere() throws IOException {
    Files.writeString(corpus, "precious");
    Files.write(text, new byte[] {'a', (byte) 0xC3});
    levin("encode", "--text", text, "--output", corpus).failed(text, "byte offset 1");
    assertEquals("precious", Files.readString(corpus));
    try (var files = Files.list(folder)) {
      assertEquals(2, files.count(), "no temporary file is left");
    }
  }

  private int[] ids() throws IOException {
    try (Corpus opened = Corpus.open(corpus)) {
      int[] ids = new int[(int) opened.size()];
      opened.tokens().copyTo(0, ids, 0, ids.length);
      return ids;
    }
  }

  private String decoded() throws IOException {
    try (Corpus opened = Corpus.open(corpus)) {
      Vocabulary vocabulary = opened.vocabulary();
      return vocabulary.decode(ids());
    }
  }
}

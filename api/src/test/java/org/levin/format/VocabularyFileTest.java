package org.levin.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.levin.text.Vocabulary;

class VocabularyFileTest {
  @TempDir Path folder;

  @Test
  void readsSymbolsWhateverTheirOrder() throws IOException {
    Vocabulary vocabulary =
        VocabularyFile.read(write(" { \"b\" : 2, \"\\n\":0,\"\\ud834\\udd1e\": 3, \"ä\":1 }\n"));
    assertEquals("code-points", vocabulary.type());
    assertEquals(4, vocabulary.size());
    assertEquals("\näb𝄞", vocabulary.decode(0, 1, 2, 3));
  }

  @Test
  void refusesWhatIsNoJson() throws IOException {
    refuses("is no JSON", "{\"a\":0");
    refuses("is no JSON", "{\"a\":0,}");
    refuses("is no JSON", "{\"a\":0} }");
    refuses("is no JSON", "{\"a\":00}");
    refuses("is no JSON", "{\"a\":3000000000}");
    refuses("is no JSON", new byte[] {'{', '"', (byte) 0xC3, '"', ':', '0', '}'});
    refuses("is no JSON", new byte[] {0, 0, 0, '{', 0x7F, 0, 0, 0, 0, 0, 0, '}'});
  }

  @Test
  void refusesWhatIsNoVocabulary() throws IOException {
    refuses("expected a JSON object from symbol to id", "[\"a\"]");
    refuses("expected a JSON object from symbol to id", "3");
    refuses("expected a JSON object from symbol to id", "");
    refuses("there is more after the JSON object", "{\"a\":0} 1");
    refuses("the symbol \"a\" has no whole number as its id", "{\"a\":0.0}");
    refuses("the symbol \"a\" has no whole number as its id", "{\"a\":\"0\"}");
    refuses("the symbol \"a\" has no whole number as its id", "{\"a\":null}");
    refuses("the symbol \"a\" has no whole number as its id", "{\"a\":" + "[".repeat(100_000));
    refuses("at least one symbol", "{}");
  }

  @Test
  void refusesIdsThatAreNotEachOnce() throws IOException {
    refuses("2 symbols have the ids 0 to 1, each once", "{\"a\":0,\"b\":0}");
    refuses("the symbol \"b\" has the id 2", "{\"a\":0,\"b\":2}");
    refuses("the symbol \"b\" has the id -1", "{\"a\":0,\"b\":-1}");
    refuses("the symbol \"a\" is there twice", "{\"a\":0,\"a\":1}");
    refuses("the symbol \"a\" is there twice", "{\"a\":0,\"\\u0061\":1}");
  }

  @Test
  void refusesSymbolsThatAreNotOneCharacter() throws IOException {
    refuses("a symbol must be one character, not \"ab\"", "{\"ab\":0}");
    refuses("a symbol must be one character, not \"\"", "{\"\":0}");
    refuses("surrogate", "{\"\\ud834\":0}");
    refuses("a symbol must be one character", "{\"" + "x".repeat(40_000) + "\":0}");
  }

  @Test
  void aFileThatIsNotThereIsNotDamaged() {
    Path missing = folder.resolve("missing");
    assertThrows(NoSuchFileException.class, () -> VocabularyFile.read(missing));
  }

  private Path write(String json) throws IOException {
    return Files.writeString(folder.resolve("vocabulary.json"), json);
  }

  private void refuses(String message, String json) throws IOException {
    refuses(message, json.getBytes(StandardCharsets.UTF_8));
  }

  private void refuses(String message, byte[] json) {
    Path file = RawFile.write(folder, json);
    String actual =
        assertThrows(DamagedFileException.class, () -> VocabularyFile.read(file)).getMessage();
    assertTrue(actual.startsWith(file + ": "), actual);
    assertTrue(actual.contains(message), () -> "expected " + message + ", but was: " + actual);
  }
}

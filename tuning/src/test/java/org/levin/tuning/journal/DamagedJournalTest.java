package org.levin.tuning.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.levin.format.DamagedFileException;
import org.levin.report.Counts;

/** Damage that a checksum must notice, and what no writer would write under a right one. */
class DamagedJournalTest {
  private static final String TOPIC = "damaged studies";
  private static final byte[] WHOLE = SampleStudy.bytes();
  private static final int LINES = SampleStudy.lines().size();

  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void name() {
    file = folder.resolve("study.jsonl");
  }

  private DamagedFileException refusal(byte[] bytes, String what) throws IOException {
    overwrite(bytes);
    DamagedFileException refusal =
        assertThrows(DamagedFileException.class, () -> StudyRecord.read(file), what);
    assertTrue(refusal.getMessage().startsWith(file + ": "), refusal.getMessage());
    assertTrue(
        refusal.getMessage().matches("(?s).*: line [0-9]+.*|.*there is no whole line.*"),
        refusal.getMessage());
    Counts.add(TOPIC, "refused", 1);
    return refusal;
  }

  /** In place: ten thousand new files would take long. */
  private void overwrite(byte[] bytes) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      channel.truncate(bytes.length);
      channel.write(ByteBuffer.wrap(bytes), 0);
    }
  }

  @Test
  void everyFlippedBitIsNoticed() throws IOException {
    int end = WHOLE.length - 1;
    for (int bit = 0; bit < end * Byte.SIZE; bit++) {
      byte[] flipped = WHOLE.clone();
      flipped[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
      int line = lineOf(bit / Byte.SIZE);
      String message = refusal(flipped, "bit " + bit).getMessage();
      assertTrue(message.startsWith(file + ": line " + line + ": "), message);
    }
  }

  private static int lineOf(int at) {
    int line = 1;
    for (int i = 0; i < at; i++) {
      line += WHOLE[i] == '\n' ? 1 : 0;
    }
    return line;
  }

  @Test
  void aLastLineThatLostItsBreakIsOneThatWasNotWrittenToItsEnd() throws IOException {
    for (int bit = 0; bit < Byte.SIZE; bit++) {
      byte[] flipped = WHOLE.clone();
      flipped[WHOLE.length - 1] ^= (byte) (1 << bit);
      Files.write(file, flipped);
      assertEquals(1, StudyRecord.read(file).trials().getFirst().results().size());
    }
  }

  @Test
  void linesThatAreMissingTwiceOrInAnotherOrderAreNoticed() throws IOException {
    for (int i = 0; i < LINES; i++) {
      for (int j = i + 1; j < LINES; j++) {
        List<String> lines = sealedLines();
        Collections.swap(lines, i, j);
        refusal(join(lines), "lines " + i + " and " + j + " swapped");
      }
      List<String> twice = sealedLines();
      twice.add(i, twice.get(i));
      refusal(join(twice), "line " + i + " twice");
      List<String> elsewhere = sealedLines();
      elsewhere.add(elsewhere.get(i));
      refusal(join(elsewhere), "line " + i + " at the end again");
      List<String> missing = sealedLines();
      missing.remove(i);
      if (i < LINES - 1) {
        refusal(join(missing), "line " + i + " missing");
      }
    }
  }

  @Test
  void bytesThatAreMissingOrTooManyAreNoticed() throws IOException {
    Random random = new Random(1);
    for (int i = 0; i < 500; i++) {
      int from = random.nextInt(WHOLE.length - 1);
      int to = from + random.nextInt(1, WHOLE.length - from);
      byte[] without = new byte[WHOLE.length - (to - from)];
      System.arraycopy(WHOLE, 0, without, 0, from);
      System.arraycopy(WHOLE, to, without, from, WHOLE.length - to);
      refusal(without, "without " + from + " to " + to);
      byte[] more = Arrays.copyOf(WHOLE, WHOLE.length + to - from);
      System.arraycopy(WHOLE, from, more, to, WHOLE.length - from);
      if (!isAppended(more)) {
        refusal(more, from + " to " + to + " twice");
      }
    }
  }

  /** Whether all was written, and then something not to its end. */
  private static boolean isAppended(byte[] bytes) {
    return Arrays.mismatch(bytes, WHOLE) == WHOLE.length
        && new String(bytes, StandardCharsets.ISO_8859_1).indexOf('\n', WHOLE.length) < 0;
  }

  @Test
  void anotherStudysLineDoesNotFit() throws IOException {
    List<String> lines = SampleStudy.lines();
    List<String> other = new ArrayList<>(lines);
    other.set(1, lines.get(1).replace("\"layers\":1", "\"layers\":2"));
    List<String> own = sealedLines();
    own.set(2, new String(SampleStudy.file(other), StandardCharsets.UTF_8).lines().toList().get(2));
    assertFalse(own.get(2).equals(sealedLines().get(2)));
    refusal(join(own), "a line that followed another");
  }

  private static List<String> sealedLines() {
    return new ArrayList<>(new String(WHOLE, StandardCharsets.UTF_8).lines().toList());
  }

  private static byte[] join(List<String> lines) {
    return (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
  }

  /** What stands in a line, what is put there, and what the refusal says. */
  private static final String[][] LIES = {
    {"1", "\"event\":\"study\"", "\"event\":\"proposed\"", "\"study\" is expected"},
    {"1", "\"format\":1", "\"format\":2", "a newer Levin may have written it"},
    {"1", "\"format\":1,", "", "format 1 is expected, not null"},
    {"1", "\"rungs\":[3,9]", "\"rungs\":[3,null]", "one of the rungs is missing"},
    {"1", "\"rungs\":[3,9]", "\"rungs\":[9,3]", "rungs must grow"},
    {"1", "\"rungs\":[3,9]", "\"rungs\":[]", "there must be a rung"},
    {"1", "\"rungs\":[3,9]", "\"rungs\":[3.5]", ""},
    {"1", "\"rungs\":[3,9],", "", "rungs is missing"},
    {"1", "[\"loss\",\"parameters\"]", "[null]", "one of the objectives is missing"},
    {"1", "[\"loss\",\"parameters\"]", "[\"parameters\"]", "the first objective must be the loss"},
    {"1", "[\"loss\",\"parameters\"]", "[\"loss\",\"loss\"]", "an objective is given twice"},
    {"1", "[\"loss\",\"parameters\"]", "[\"beauty\"]", "objective must be one of"},
    {"1", "\"seed\":-9223372036854775808", "\"seed\":-9223372036854775809", "out of range"},
    {"1", "\"seed\":-9223372036854775808", "\"seed\":\"1\"", ""},
    {"1", "\"seed\":-9223372036854775808", "\"seed\":null", "seed is missing"},
    {"1", "\"rows\":2", "\"rows\":-2", "the rows of the evaluation must be at least 1"},
    {"1", "\"rows\":2,", "", "null"},
    {"1", "\"sources\":[", "\"sources\":[null,", ""},
    {"1", "\"tokens\":11", "\"tokens\":1", "more than the corpus has"},
    {"2", "\"trial\":1", "\"trial\":2", "trial 2 is proposed where trial 1 is expected"},
    {"2", "\"trial\":1", "\"trial\":-1", "trial -1 is proposed"},
    {"2", "\"trial\":1", "\"trial\":2147483648", "out of range"},
    {"2", "\"trial\":1", "\"trial\":1.0", ""},
    {"2", "\"trial\":1,", "", "trial is missing"},
    {"2", "\"trial\":1", "\"trial\":1,\"trial\":1", "Duplicate field"},
    {"2", "\"trial\":1", "\"trial\":1,\"crc32c\":\"00000000\"", "crc32c"},
    {"2", "\"trial\":1", "\"trial\":1,\"trials\":1", "trials"},
    {"2", "\"event\":\"proposed\"", "\"event\":\"praised\"", "there is no event \"praised\""},
    {"2", "\"event\":\"proposed\",", "", "event is missing"},
    {"2", "{\"layers\":1}", "null", "configuration is missing"},
    {"2", "{\"layers\":1}", "{\"layers\":null}", "a value is"},
    {"2", "{\"layers\":1}", "{\"layers\":[1]}", "a value is"},
    {"2", "{\"layers\":1}", "{\"layers\":true}", "a value is"},
    {"2", "{\"layers\":1}", "{\"layers\":1e999}", "must be a finite number"},
    {"2", "{\"layers\":1}", "{\"layers\":10000000000000000000}", "a value is"},
    {"2", "{\"layers\":1}", "{\"lay\\u001bers\":1}", "a parameter is named by"},
    {"2", "{\"layers\":1}", "{\"layers\":\"a b\"}", "a text is"},
    {"4", "\"steps\":3", "\"steps\":4", "trial 2 has a result after 4 steps, but the rungs are"},
    {"4", "\"steps\":3", "\"steps\":0", "steps must be at least 1"},
    {"4", "\"trial\":2", "\"trial\":3", "there is no trial 3 so far"},
    {"4", "\"seconds\":0.0", "\"seconds\":-1", "seconds must be at least 0"},
    {"4", "\"seconds\":0.0", "\"seconds\":1e999", "seconds must be at least 0"},
    {"4", "\"seconds\":0.0", "\"seconds\":0.0,\"loss\":1.0", "there is a loss and a failure"},
    {"4", "\"failure\":\"", "\"failure\":null,\"failure\":\"", "Duplicate field"},
    {"5", "\"trial\":1", "\"trial\":0", "there is no trial 0 so far"},
    {"5", "\"provenance\":\"", "\"provenance\":null,\"event\":\"", ""},
    {"6", "\"loss\":2.5", "\"loss\":NaN", ""},
    {"6", "\"loss\":2.5", "\"loss\":\"NaN\"", ""},
    {"6", "\"loss\":2.5", "\"loss\":-1e999", "the loss must be a finite number"},
    {"6", "\"loss\":2.5,", "", "loss is missing"},
    {"6", "\"parameters\":1152921504606846976,", "", "parameters was not measured"},
    {
      "6", "\"parameters\":1152921504606846976", "\"parameters\":0", "parameters must be at least 1"
    },
    {
      "6",
      "\"secondsPerCharacter\":1.0E-7",
      "\"secondsPerCharacter\":0",
      "must be a finite number above 0"
    },
    {"6", "\"seconds\":1.25", "\"seconds\":1.7e308", ""},
    {"8", "\"steps\":9", "\"steps\":3", "trial 1 cannot have a result after 3 steps"},
    {"8", "\"steps\":9", "\"steps\":27", "the rungs are [3, 9]"},
    {"8", "\"trial\":1", "\"trial\":2", "trial 2 cannot have a result after it failed"},
  };

  @Test
  void aRightChecksumMakesNothingTrue() throws IOException {
    for (String[] lie : LIES) {
      List<String> lines = new ArrayList<>(SampleStudy.lines());
      int line = Integer.parseInt(lie[0]);
      String before = lines.get(line - 1);
      assertTrue(before.contains(lie[1]), () -> lie[1] + " does not stand in " + before);
      lines.set(line - 1, before.replace(lie[1], lie[2]));
      if (lie[2].endsWith("1.7e308")) {
        lines.set(7, lines.get(7).replace("\"seconds\":1.0E-9", "\"seconds\":1.7e308"));
        line = 8;
      }
      String message = refusal(SampleStudy.file(lines), String.join(" ", lie)).getMessage();
      assertTrue(message.startsWith(file + ": line " + line + ": "), message);
      assertTrue(message.contains(lie[3]), message);
    }
  }

  @Test
  void linesThatAreNoObjectsOfTheirKindAreRefused() throws IOException {
    for (String line :
        List.of(
            "{}",
            "[]",
            "null",
            "{\"event\":\"proposed\",\"trial\":4,\"configuration\":{}}{}",
            "{\"event\":\"study\",\"trial\":4}",
            "{".repeat(10),
            "{\"event\":\"proposed\",\"trial\":4,\"options\":"
                + "[".repeat(50)
                + "]".repeat(50)
                + "}",
            "{\"event\":\"proposed\",\"trial\":4,\"options\":{\"a\":" + "[".repeat(50_000) + "}",
            "{\"event\":\"proposed\",\"trial\":" + "4".repeat(5_000) + "}",
            "{\"event\":\"\\ud800\\u001b[2J\",\"trial\":4}")) {
      List<String> lines = new ArrayList<>(SampleStudy.lines());
      lines.add(line);
      String message = refusal(SampleStudy.file(lines), line).getMessage();
      assertTrue(message.startsWith(file + ": line 9: "), message);
      assertTrue(message.length() < 1_500 && message.indexOf('\u001b') < 0, message);
    }
  }

  @Test
  void aLineThatIsNotUtf8IsRefused() throws IOException {
    byte[] bytes = WHOLE.clone();
    int at = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("tale.txt");
    bytes[at] = (byte) 0xff;
    String message = refusal(SampleStudy.sealed(bytes), "a byte that is no UTF-8").getMessage();
    assertEquals(file + ": line 1: it is not UTF-8", message);
  }
}

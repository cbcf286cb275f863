package org.levin.tuning.journal;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.levin.text.Source;
import org.levin.training.TrainingCorpus;
import org.levin.training.TrainingOptions;
import org.levin.tuning.space.Configuration;
import org.levin.tuning.space.SearchSpace;
import org.levin.tuning.strategy.Rungs;
import org.levin.tuning.trial.Measurement;
import org.levin.tuning.trial.Objective;
import org.levin.tuning.trial.Result;

/** A small study that has every kind of event, and its file taken apart and put together again. */
public final class SampleStudy {
  private static final String DIGEST = "0123456789abcdef".repeat(4);

  private SampleStudy() {}

  static StudyHeader header() {
    return new StudyHeader(
        SearchSpace.parse("layers=1..2", "learningRate=1e-4..1e-2 log", "dropout=0 if layers=2")
            .toTexts(),
        TrainingOptions.defaults().toMap(),
        "genetic 9 6",
        Long.MIN_VALUE,
        new Rungs(List.of(3L, 9L), 1.0 / 3),
        List.of(Objective.LOSS, Objective.PARAMETERS),
        new EvaluationShape(2, 3, 4),
        Optional.of(corpus("tale.txt", DIGEST)));
  }

  static TrainingCorpus corpus(String name, String digest) {
    return new TrainingCorpus(
        List.of(new Source(name, 12, digest)), 11, 9, 2, "0123abcd", 5, DIGEST);
  }

  static List<StudyEvent> events() {
    Map<String, Object> deep = new LinkedHashMap<>();
    deep.put("layers", 2);
    deep.put("learningRate", 1.25e-4);
    deep.put("dropout", 0.0);
    return List.of(
        new StudyEvent.Proposed(1, new Configuration(Map.of("layers", 1))),
        new StudyEvent.Proposed(2, new Configuration(deep)),
        new StudyEvent.Measured(2, Result.failed(3, "loss NaN \"at\" step 2\n"), 0),
        new StudyEvent.Recorded(1, "{\"record\":[\"\\u00e9 é 😀\"]}"),
        new StudyEvent.Measured(1, Result.of(3, measurement(2.5)), 1.25),
        new StudyEvent.Proposed(3, new Configuration(Map.of("kind", "cosine"))),
        new StudyEvent.Measured(1, Result.of(9, measurement(Double.MIN_VALUE)), 1e-9));
  }

  private static Measurement measurement(double loss) {
    return new Measurement(loss, OptionalLong.of(1L << 60), OptionalDouble.of(1e-7));
  }

  /** Returns the study's file. */
  public static byte[] bytes() {
    List<String> lines = new ArrayList<>(List.of(JournalJson.write(header())));
    events().forEach(event -> lines.add(JournalJson.write(event)));
    return file(lines);
  }

  /** Returns the JSON of each line of the study's file, without its checksum. */
  public static List<String> lines() {
    return new String(bytes(), StandardCharsets.UTF_8)
        .lines()
        .map(line -> line.replaceFirst(",\"crc32c\":\"[0-9a-f]{8}\"\\}$", "}"))
        .toList();
  }

  /** Returns the file of these lines, each under its right checksum. */
  public static byte[] file(List<String> lines) {
    JournalLine seals = new JournalLine();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (String line : lines) {
      bytes.writeBytes(seals.seal(line.isEmpty() ? "}" : line));
      seals.written();
    }
    return bytes.toByteArray();
  }

  /** Returns the file with right checksums, as far as its lines have a place for one. */
  public static byte[] sealed(byte[] file) {
    // One byte a character, so that what is no UTF-8 stays as it is.
    String text = new String(file, StandardCharsets.ISO_8859_1);
    JournalLine seals = new JournalLine();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    int from = 0;
    for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', from)) {
      String line = text.substring(from, end);
      from = end + 1;
      int seal = line.lastIndexOf(",\"crc32c\":\"");
      byte[] open = line.substring(0, Math.max(0, seal)).getBytes(StandardCharsets.ISO_8859_1);
      bytes.writeBytes(
          seal < 0 ? (line + "\n").getBytes(StandardCharsets.ISO_8859_1) : seals.sealBytes(open));
      seals.written();
    }
    bytes.writeBytes(text.substring(from).getBytes(StandardCharsets.ISO_8859_1));
    return bytes.toByteArray();
  }

  /** Reads a study, and asserts that what was read could have been written. */
  public static void requireSound(Path file) throws IOException {
    StudyRecord study = StudyRecord.read(file);
    List<String> lines = new ArrayList<>(List.of(JournalJson.write(study.header())));
    Events.of(study).forEach(event -> lines.add(JournalJson.write(event)));
    Chronicle again = new Chronicle(JournalJson.readHeader(lines.getFirst()));
    lines.stream().skip(1).map(JournalJson::readEvent).forEach(again::add);
    if (!again.record().trials().equals(study.trials())
        || study.header().differenceFrom(again.record().header()).isPresent()
        || !again.record().provenances().equals(study.provenances())) {
      throw new AssertionError("reads otherwise when it is written again: " + study);
    }
  }

  static Path write(Path folder) {
    try {
      return Files.write(folder.resolve("study.jsonl"), bytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

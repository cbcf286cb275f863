package org.levin.hostile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.levin.SequenceModel;
import org.levin.corpus.Corpus;
import org.levin.corpus.CorpusEncoder;
import org.levin.format.ModelFile;
import org.levin.format.PyTorchWeights;
import org.levin.format.Safetensors;
import org.levin.format.Tensor;
import org.levin.format.VocabularyFile;
import org.levin.model.Initialization;
import org.levin.model.LstmArchitecture;
import org.levin.model.Parameters;
import org.levin.provenance.ImportRecord;
import org.levin.provenance.ModelProvenances;
import org.levin.provenance.TrainingRecord;
import org.levin.text.Vocabulary;

/** Every reader of files. One more is one more method here: a sound file, its edits, its door. */
public final class HostileReaders {
  private static final Vocabulary VOCABULARY = Vocabulary.codePointsOf("ab\n😀");
  private static final String TEXT = "abba\n😀ab";
  private static final Parameters PARAMETERS =
      Initialization.UNIFORM.parameters(LstmArchitecture.of(1, 2), VOCABULARY.size(), 1);
  private static final int LONGEST_COPY = 1_000;

  private HostileReaders() {}

  /** Returns all of them. */
  public static List<HostileReader> all() {
    return List.of(safetensors(), model(), pyTorch(), corpus(), vocabulary(), provenance());
  }

  static HostileReader safetensors() {
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put("levin.format", "1");
    metadata.put("levin.note", "{\"any\":\"text\\n\"}");
    Tensor weight = Tensor.of("fc.weight", new float[] {1, 2, 3, 4, 5, 6}, 3, 2);
    Tensor bias = Tensor.of("fc.bias", new float[] {-0f, Float.NaN, 9}, 3);
    byte[] sound = bytes(file -> new Safetensors(metadata, List.of(weight, bias)).write(file));
    return sealed(
        "safetensors", sound, sound, List.of(SafetensorsEdit.values()), Safetensors::read);
  }

  /**
   * The provenance makes most of a small model: the file whose every bit is flipped goes without.
   */
  static HostileReader model() {
    ModelFile small = new ModelFile(PARAMETERS, VOCABULARY, "any text");
    ModelFile whole =
        new ModelFile(
            PARAMETERS, VOCABULARY, ModelProvenances.toJson(ModelProvenances.of(origin())));
    List<Edit<SafetensorsDraft>> edits =
        Stream.<Edit<SafetensorsDraft>>concat(
                Stream.of(SafetensorsEdit.values()), Stream.of(ModelEdit.values()))
            .toList();
    return sealed(
        "model", bytes(small::write), bytes(whole::write), edits, HostileReaders::readModel);
  }

  private static void readModel(Path file) throws IOException {
    try (SequenceModel model = SequenceModel.load(file)) {
      requireFinite(model.parameters());
      assertEquals(model.vocabulary().size(), model.parameters().vocabularySize());
      try {
        model.provenance();
      } catch (IllegalStateException documented) {
        assertTrue(documented.getCause() instanceof IllegalArgumentException);
      }
    }
  }

  static HostileReader pyTorch() {
    byte[] sound =
        bytes(file -> new Safetensors(Map.of(), ModelFile.tensors(PARAMETERS)).write(file));
    return new HostileReader(
        "PyTorch weights",
        false,
        sound,
        UnaryOperator.identity(),
        HostileReader.mutants(
            random -> SafetensorsDraft.of(sound),
            List.of(SafetensorsEdit.values()),
            SafetensorsDraft::toBytes,
            UnaryOperator.identity()),
        file -> requireFinite(PyTorchWeights.read(file, VOCABULARY.size())));
  }

  private static HostileReader sealed(
      String name,
      byte[] small,
      byte[] sound,
      List<? extends Edit<SafetensorsDraft>> edits,
      HostileReader.Reading reading) {
    SafetensorsDraft draft = SafetensorsDraft.of(sound);
    return new HostileReader(
        name,
        true,
        small,
        SafetensorsDraft::sealed,
        HostileReader.mutants(
            random -> draft.copy(),
            edits,
            edited -> SafetensorsDraft.sealed(edited.toBytes()),
            SafetensorsDraft::sealed),
        reading);
  }

  static HostileReader corpus() {
    String wide =
        IntStream.range('A', 'A' + 300).mapToObj(Character::toString).reduce("", String::concat);
    return new HostileReader(
        "corpus",
        true,
        bytes(file -> CorpusEncoder.of(TEXT).encodeTo(file)),
        CorpusChecksums::repaired,
        HostileReader.mutants(
            random ->
                switch (random.nextInt(8)) {
                  case 0 -> CorpusDraft.of(wide, Vocabulary.codePointsOf(wide));
                  case 1 -> CorpusDraft.of(TEXT, Vocabulary.bytes());
                  default -> CorpusDraft.of(TEXT, VOCABULARY);
                },
            List.of(CorpusEdit.values()),
            CorpusDraft::toBytes,
            CorpusChecksums::repaired),
        HostileReaders::readCorpus);
  }

  private static void readCorpus(Path file) throws IOException {
    try (Corpus corpus = Corpus.open(file)) {
      int[] ids = new int[(int) Math.min(corpus.size(), LONGEST_COPY)];
      for (long at = 0; at < corpus.size(); at += ids.length) {
        int count = (int) Math.min(ids.length, corpus.size() - at);
        corpus.tokens().copyTo(at, ids, 0, count);
        for (int i = 0; i < count; i++) {
          assertTrue(ids[i] >= 0 && ids[i] < corpus.vocabulary().size());
        }
      }
    }
  }

  static HostileReader vocabulary() {
    return json(
        "vocabulary", "{\"a\":0,\"\\u00e4\":1,\"ß\":2,\"\\ud83d\\ude00\":3}", VocabularyFile::read);
  }

  static HostileReader provenance() {
    return json(
        "provenance",
        ModelProvenances.toJson(ModelProvenances.of(origin())),
        file ->
            ModelProvenances.fromJson(
                new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1)));
  }

  private static HostileReader json(String name, String sound, HostileReader.Reading reading) {
    return new HostileReader(
        name,
        false,
        sound.getBytes(StandardCharsets.UTF_8),
        UnaryOperator.identity(),
        HostileReader.mutants(
            random -> new StringBuilder(sound),
            List.of(JsonEdit.values()),
            json -> json.toString().getBytes(StandardCharsets.UTF_8),
            UnaryOperator.identity()),
        reading);
  }

  private static ImportRecord origin() {
    String digest = "0123456789abcdef".repeat(4);
    return new ImportRecord(
        "model",
        "importer",
        new TrainingRecord.Source("weights", 1, digest),
        new TrainingRecord.Source("vocabulary", 2, digest),
        VOCABULARY.size(),
        VOCABULARY.fingerprint(),
        OffsetDateTime.parse("2026-03-01T12:34:56+01:00"));
  }

  private static void requireFinite(Parameters parameters) {
    for (float value : parameters.toArray()) {
      assertTrue(Float.isFinite(value));
    }
  }

  /** Writes a file. */
  @FunctionalInterface
  private interface Writing {
    void write(Path file) throws IOException;
  }

  private static byte[] bytes(Writing writing) {
    try {
      Path folder = Files.createTempDirectory("sound");
      Path file = folder.resolve("file");
      writing.write(file);
      byte[] bytes = Files.readAllBytes(file);
      Files.delete(file);
      Files.delete(folder);
      return bytes;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

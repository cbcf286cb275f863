package org.levin.provenance;

import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.levin.text.Source;
import org.levin.training.Finding;
import org.levin.training.TrainingCorpus;

/** Training records for tests. */
final class Records {
  static final String SHA256 = "0123456789abcdef".repeat(4);

  private Records() {}

  static Map<String, Object> options() {
    Map<String, Object> options = new LinkedHashMap<>();
    options.put("layers", 2);
    options.put("seed", Long.MIN_VALUE);
    options.put("dropout", 0.1);
    options.put("shuffled", false);
    options.put("engine", "cpu \"é\" 𝄞\n");
    return options;
  }

  static Source source(String name) {
    return new Source(name, 3_000_000_000L, SHA256);
  }

  static TrainingRecord record(Map<String, Object> options, OptionalDouble validationLoss) {
    return new TrainingRecord(
        "org.levin.SequenceModel",
        "org.levin.provenance.TrainerConfiguration",
        options,
        Optional.empty(),
        new TrainingCorpus(
            List.of(source("anna.txt"), source("/texts/war and peace.txt"), source("anna.txt")),
            5_000_000_000L,
            4_500_000_000L,
            500_000_000L,
            "0123abcd",
            83,
            SHA256),
        Optional.of(new TrainingRecord.Parent(SHA256, Optional.empty())),
        Optional.empty(),
        new TrainingRecord.Engine("cpu", "0.1.0", 2),
        List.of(),
        new TrainingRecord.Result(
            OffsetDateTime.parse("2026-03-01T12:34:56.789012345+01:00"),
            6_985,
            1.5981,
            validationLoss,
            OptionalLong.empty()));
  }

  static TrainingRecord record() {
    return record(options(), OptionalDouble.of(1.6203));
  }

  /** A training with these options on one text. */
  static TrainingRecord of(Map<String, Object> options, String text) {
    TrainingRecord record = record(options, OptionalDouble.empty());
    TrainingCorpus corpus = record.corpus();
    return new TrainingRecord(
        record.model(),
        record.trainer(),
        options,
        record.batcher(),
        new TrainingCorpus(
            List.of(source(text)),
            corpus.tokens(),
            corpus.trainingTokens(),
            corpus.validationTokens(),
            corpus.checksum(),
            corpus.vocabularySize(),
            corpus.vocabularyFingerprint()),
        record.parent(),
        record.finding(),
        record.engine(),
        record.earlierEngines(),
        record.result());
  }

  /** A training that started from the model of {@link #record()}. */
  static TrainingRecord fineTuned() {
    return startedFrom(ModelProvenances.toJson(ModelProvenances.of(record())));
  }

  static TrainingRecord startedFrom(String provenance) {
    TrainingRecord record = record();
    return new TrainingRecord(
        record.model(),
        record.trainer(),
        record.configuration(),
        record.batcher(),
        record.corpus(),
        Optional.of(new TrainingRecord.Parent(SHA256, Optional.of(provenance))),
        Optional.of(new Finding("study.jsonl", SHA256, "genetic 9 6", -7, 12)),
        record.engine(),
        List.of("toy 1.0"),
        record.result());
  }

  static EvaluationRecord evaluation() {
    return new EvaluationRecord(
        List.of(source("held out.txt")), 3_000_000_000L, 83, SHA256, 7, 2.25);
  }
}

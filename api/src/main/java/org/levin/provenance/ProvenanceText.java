package org.levin.provenance;

import com.oracle.labs.mlrg.olcut.provenance.Provenance;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.levin.internal.Printable;
import org.levin.text.Source;
import org.levin.training.TrainingCorpus;
import org.tribuo.provenance.ModelProvenance;

/** The record of a trained model for people to read: a line for each of who, what and how. */
final class ProvenanceText {
  private static final String INDENT = "  ";

  /** Whoever wrote the record must not write lines of his own here, nor to a terminal. */
  private static final int LONGEST_LINE = 1_000;

  private final StringBuilder text = new StringBuilder();
  private final String indent;

  private ProvenanceText(String indent) {
    this.indent = indent;
  }

  /**
   * Returns the text, every line behind {@code indent}.
   *
   * @throws IllegalArgumentException if it is not the record of a model that Levin trained
   */
  static String of(ModelProvenance provenance, String indent) {
    return new ProvenanceText(indent).write(provenance);
  }

  private String write(ModelProvenance provenance) {
    TrainingFacts facts = TrainingFacts.of(provenance);
    Map<String, ? extends Provenance> values = provenance.getInstanceProvenance().getMap();
    line(
        "trained",
        "%s, engine %s %s, %s threads, Java %s, %s %s",
        provenance.getTrainingTime(),
        facts.engine(),
        values.get("engine-version"),
        values.get("threads"),
        provenance.getJavaVersion(),
        provenance.getOS(),
        provenance.getArch());
    if (values.containsKey(ModelProvenances.EARLIER_ENGINES)) {
      line("before", "engines %s", values.get(ModelProvenances.EARLIER_ENGINES));
    }
    TrainingCorpus corpus = facts.corpus();
    for (Source source : corpus.sources()) {
      line("text", "%s, %d bytes, SHA-256 %s", source.name(), source.size(), source.sha256());
    }
    line(
        "tokens",
        "%d: %d to train on, %d held out; %d symbols, fingerprint %s",
        corpus.tokens(),
        corpus.trainingTokens(),
        corpus.validationTokens(),
        corpus.vocabularySize(),
        corpus.vocabularyFingerprint());
    facts.batcher().ifPresent(batcher -> line("batcher", "%s", batcher));
    line("options", "%s", options(facts));
    line(
        "result",
        "step %d%s, training loss %s%s nats per token",
        facts.step(),
        facts.interruptedAfter().isPresent()
            ? " of a training interrupted after step " + facts.interruptedAfter().getAsLong()
            : "",
        values.get("training-loss"),
        Optional.ofNullable(values.get("validation-loss"))
            .map(loss -> ", validation loss " + loss)
            .orElse(""));
    ModelProvenances.finding(provenance)
        .ifPresent(
            finding ->
                line(
                    "found by",
                    "trial %d of the study %s, strategy %s, seed %d, SHA-256 of its plan %s",
                    finding.trial(),
                    finding.study(),
                    finding.strategy(),
                    finding.seed(),
                    finding.studySha256()));
    facts.start().ifPresent(digest -> start(digest, provenance));
    return text.toString();
  }

  private static String options(TrainingFacts facts) {
    return facts.options().toMap().entrySet().stream()
        .filter(option -> facts.start().isEmpty() || !option.getKey().equals("initialization"))
        .map(option -> option.getKey() + " " + option.getValue())
        .collect(Collectors.joining(", "));
  }

  private void start(String digest, ModelProvenance provenance) {
    line("start", "a model whose parameters have the SHA-256 %s", digest);
    ModelProvenances.parent(provenance)
        .map(parent -> ModelProvenances.toText(parent, indent + INDENT))
        .ifPresent(text::append);
  }

  private void line(String name, String format, Object... values) {
    text.append(indent)
        .append("%-9s".formatted(name))
        .append(Printable.of(format.formatted(values), LONGEST_LINE))
        .append('\n');
  }
}

package org.levin.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.levin.SequenceModel;
import org.levin.corpus.Corpus;
import org.levin.format.CheckpointFile;
import org.levin.format.ModelFile;
import org.levin.format.Sha256;
import org.levin.model.LstmArchitecture;
import org.levin.provenance.ModelProvenances;
import org.levin.text.Source;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code levin info}: what a file is and where it comes from; all of it is checked. */
@Command(
    name = "info",
    description =
        "Says what a model, a checkpoint or a corpus is and where it comes from, and checks all of it.")
final class InfoCommand implements Callable<Integer> {
  private final Console console;

  @ArgGroup(multiplicity = "1")
  private Input input;

  @Option(names = "--json", description = "Write JSON.")
  private boolean json;

  /** What to look at: one or the other. */
  static final class Input {
    @Option(names = "--model", paramLabel = "FILE", description = "A model or a checkpoint.")
    private Path model;

    @Option(names = "--corpus", paramLabel = "FILE", description = "A corpus.")
    private Path corpus;
  }

  InfoCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    PrintStream out = console.out();
    if (input.model == null) {
      ObjectNode facts = corpus(input.corpus);
      out.println(
          json
              ? Json.MAPPER.writeValueAsString(facts)
              : Json.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(facts));
      return 0;
    }
    try (SequenceModel model = SequenceModel.load(input.model)) {
      ObjectNode facts = model(model);
      CheckpointFile.findState(input.model)
          .ifPresent(
              state ->
                  facts
                      .putObject("checkpoint")
                      .put("step", state.step())
                      .put("steps", state.steps()));
      if (json) {
        facts.set("provenance", Json.MAPPER.readTree(ModelProvenances.toJson(model.provenance())));
        out.println(Json.MAPPER.writeValueAsString(facts));
      } else {
        out.println(Json.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(facts));
        out.println(ModelProvenances.toText(model.provenance()));
      }
    }
    return 0;
  }

  private static ObjectNode model(SequenceModel model) {
    LstmArchitecture architecture = model.architecture();
    ObjectNode node = Json.MAPPER.createObjectNode();
    node.putObject("architecture")
        .put("type", "lstm")
        .put("layers", architecture.layers())
        .put("hiddenSize", architecture.hiddenSize());
    node.put("vocabularySize", model.vocabulary().size())
        .put("vocabularyType", model.vocabulary().type())
        .put("vocabularyFingerprint", model.vocabulary().fingerprint())
        .put("parameterCount", model.parameters().count())
        .put("parametersSha256", Sha256.ofTensors(ModelFile.tensors(model.parameters())));
    return node;
  }

  private static ObjectNode corpus(Path file) throws IOException {
    try (Corpus corpus = Corpus.open(file)) {
      corpus.verify();
      ObjectNode node =
          Json.MAPPER
              .createObjectNode()
              .put("tokens", corpus.size())
              .put("vocabularySize", corpus.vocabulary().size())
              .put("vocabularyType", corpus.vocabulary().type())
              .put("vocabularyFingerprint", corpus.vocabulary().fingerprint());
      var sources = node.putArray("sources");
      for (Source source : corpus.sources()) {
        sources
            .addObject()
            .put("name", source.name())
            .put("size", source.size())
            .put("sha256", source.sha256());
      }
      return node;
    }
  }
}

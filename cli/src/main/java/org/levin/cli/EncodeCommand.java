package org.levin.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.levin.SequenceModel;
import org.levin.corpus.Corpus;
import org.levin.corpus.CorpusEncoder;
import org.levin.format.VocabularyFile;
import org.levin.text.Vocabulary;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * {@code levin encode}: a text becomes a corpus file, to be trained on many times, or opened with
 * any Arrow tool.
 */
@Command(
    name = "encode",
    description =
        "Encodes texts as a corpus: an Arrow file that pandas, Polars or DuckDB open too.")
final class EncodeCommand implements Callable<Integer> {
  private final Console console;

  @Option(
      names = "--text",
      paramLabel = "FILE",
      arity = "1..*",
      required = true,
      description = "Text files in UTF-8, one after the other.")
  private List<Path> text;

  @Option(
      names = "--output",
      paramLabel = "FILE",
      required = true,
      description = "The corpus to write.")
  private Path output;

  @ArgGroup private Symbols symbols;

  /** Where the vocabulary comes from, if not from the text. */
  static final class Symbols {
    @Option(
        names = "--vocabulary",
        paramLabel = "FILE",
        description =
            "Take the vocabulary of a model, or a JSON object from symbol to id (*.json).")
    private Path vocabulary;

    @Option(names = "--bytes", description = "Take the 256 bytes instead of characters.")
    private boolean bytes;
  }

  EncodeCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    new NamedFiles()
        .reads("--text", text)
        .reads("--vocabulary", symbols == null ? null : symbols.vocabulary)
        .writes("--output", output);
    CorpusEncoder encoder = CorpusEncoder.of(text.toArray(Path[]::new));
    if (symbols != null) {
      encoder =
          encoder.vocabulary(symbols.bytes ? Vocabulary.bytes() : vocabulary(symbols.vocabulary));
    }
    encoder.encodeTo(output);
    try (Corpus corpus = Corpus.open(output)) {
      console
          .out()
          .printf(
              Locale.ROOT,
              "%s: %,d tokens of %,d symbols%n",
              output,
              corpus.size(),
              corpus.vocabulary().size());
    }
    return 0;
  }

  private static Vocabulary vocabulary(Path file) throws IOException {
    if (file.toString().endsWith(".json")) {
      return VocabularyFile.read(file);
    }
    try (SequenceModel model = SequenceModel.load(file)) {
      return model.vocabulary();
    }
  }
}

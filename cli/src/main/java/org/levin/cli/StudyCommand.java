package org.levin.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.levin.tuning.export.StudyTable;
import org.levin.tuning.journal.StudyRecord;
import org.levin.tuning.record.StudyComparison;
import org.levin.tuning.record.StudyMerge;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code levin study}: what came of a search, and what mattered. */
@Command(
    name = "study",
    description = {
      "Tells what came of a search of 'levin tune': its best trials, and which options mattered.",
      "Compares, merges and exports studies."
    })
final class StudyCommand implements Callable<Integer> {
  private static final int DIFFERENT = 1;

  private final Console console;

  @Parameters(
      paramLabel = "STUDY",
      arity = "1..*",
      description = "The study's file; several with --merge.")
  private List<Path> studies;

  @Option(
      names = "--compare",
      paramLabel = "STUDY",
      description =
          "Say in what another study differs; exit with 1 if it does. Times do not count.")
  private Path compared;

  @Option(
      names = "--merge",
      paramLabel = "FILE",
      description = "Write the trials of all studies, of one text and options, as one study.")
  private Path merged;

  @Option(names = "--csv", paramLabel = "FILE", description = "Write a row for each result as CSV.")
  private Path csv;

  @Option(
      names = "--arrow",
      paramLabel = "FILE",
      description = "Write them as an Arrow file, which pandas, Polars and DuckDB open.")
  private Path arrow;

  StudyCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    check();
    List<StudyRecord> records = new ArrayList<>();
    for (Path study : studies) {
      records.add(StudyRecord.read(study));
    }
    StudyRecord study = records.size() == 1 ? records.getFirst() : StudyMerge.of(records);
    write(study);
    if (compared != null) {
      return compare(study);
    }
    report(study);
    return 0;
  }

  private void check() throws IOException {
    if (studies.size() > 1 && merged == null) {
      throw new UsageException("several studies are merged; name the file to write with --merge");
    }
    if (studies.size() > 1 && compared != null) {
      throw new UsageException("--compare takes one study besides the other");
    }
    new NamedFiles()
        .reads("STUDY", studies)
        .reads("--compare", compared)
        .writes("--merge", merged)
        .writes("--csv", csv)
        .writes("--arrow", arrow);
  }

  private void write(StudyRecord study) throws IOException {
    if (merged != null) {
      study.save(merged);
      console.err().println("study written to " + merged);
    }
    if (csv != null) {
      StudyTable.of(study).toCsv(csv);
      console.err().println("table written to " + csv);
    }
    if (arrow != null) {
      StudyTable.of(study).toArrow(arrow);
      console.err().println("table written to " + arrow);
    }
  }

  private int compare(StudyRecord study) throws IOException {
    StudyComparison comparison = StudyComparison.of(study, StudyRecord.read(compared));
    console.out().print(comparison.toText());
    return comparison.isSame() ? 0 : DIFFERENT;
  }

  private void report(StudyRecord study) {
    PrintStream out = console.out();
    out.println("strategy %s, seed %d".formatted(study.header().strategy(), study.header().seed()));
    study.header().space().forEach(line -> out.println("  " + line));
    out.println();
    out.print(StudyText.summary(study));
    out.print(StudyText.front(study));
    out.println();
    out.print(StudyText.details(study));
  }
}

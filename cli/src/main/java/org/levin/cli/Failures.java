package org.levin.cli;

import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import org.levin.corpus.CorpusTooShortException;
import org.levin.corpus.MalformedTextException;
import org.levin.text.UnknownSymbolException;
import picocli.CommandLine.Model.CommandSpec;

/** One line for each failure: what happened, and what to do at the command line. */
final class Failures {
  private Failures() {}

  /** Returns the line for a failure of a command. */
  static String describe(Throwable failure, CommandSpec command) {
    return switch (failure) {
      case UncheckedIOException e -> describe(e.getCause(), command);
      case NoSuchFileException e when e.getReason() == null -> e.getFile() + ": no such file";
      case AccessDeniedException e when e.getReason() == null ->
          e.getFile() + ": permission denied";
      case FileSystemException e -> e.getMessage();
      case MalformedTextException e ->
          e.file()
              + ": no well-formed UTF-8 at byte offset "
              + e.offset()
              + "; save the file as UTF-8";
      case CorpusTooShortException e -> e.getMessage() + " (--batch, --sequence)";
      case UnknownSymbolException e when command.findOption(UnknownFlag.NAME) != null ->
          e.getMessage() + " (" + UnknownFlag.NAME + " skip)";
      case OutOfMemoryError e when command.findOption("--hidden") != null ->
          "out of memory ("
              + e.getMessage()
              + "); choose a smaller --hidden or --batch, or give Java more with LEVIN_OPTS=-Xmx";
      case OutOfMemoryError e ->
          "out of memory (" + e.getMessage() + "); give Java more with LEVIN_OPTS=-Xmx";
      default ->
          failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
    };
  }
}

package org.levin.tuning;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.levin.format.AtomicFile;

/** The checkpoints of the trials of a study, in a folder of their own beside its file. */
record TrialFiles(Path folder) {
  private static final Pattern NAME = Pattern.compile("trial-([0-9]{1,9})\\.safetensors");

  /** Returns the checkpoints of the study in this file, which is there; makes their folder. */
  static TrialFiles beside(Path study) throws IOException {
    Path file = study.toRealPath();
    Path folder = file.resolveSibling(file.getFileName() + ".trials");
    Files.createDirectories(folder);
    return new TrialFiles(folder);
  }

  /** Returns where a trial's checkpoint lies, if it has one. */
  Path of(int trial) {
    return folder.resolve("trial-%d.safetensors".formatted(trial));
  }

  /** Deletes all but those of these trials. */
  void keepOnly(Set<Integer> trials) throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        Matcher name = NAME.matcher(file.getFileName().toString());
        if (name.matches() && !trials.contains(Integer.valueOf(name.group(1)))) {
          Files.deleteIfExists(file);
        }
      }
    }
  }

  /** Deletes a trial's checkpoint, and what a killed process left of one. */
  void delete(int trial) throws IOException {
    AtomicFile.removeLeftovers(of(trial));
    Files.deleteIfExists(of(trial));
  }
}

package org.levin.hostile;

import java.util.ArrayList;
import java.util.List;
import org.levin.tuning.journal.SampleStudy;

/** The reader of studies, for the suite of hostile files and the fuzzer. */
public final class HostileStudies {
  private HostileStudies() {}

  /** Returns it. */
  public static HostileReader reader() {
    List<String> lines = SampleStudy.lines();
    return new HostileReader(
        "study",
        true,
        SampleStudy.bytes(),
        SampleStudy::sealed,
        HostileReader.mutants(
            random -> new ArrayList<>(lines),
            List.of(StudyEdit.values()),
            SampleStudy::file,
            SampleStudy::sealed),
        SampleStudy::requireSound);
  }
}

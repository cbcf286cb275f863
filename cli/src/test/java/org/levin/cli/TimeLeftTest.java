package org.levin.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.levin.tuning.Assignment;
import org.levin.tuning.Study;
import org.levin.tuning.StudyLimits;
import org.levin.tuning.StudyPlan;
import org.levin.tuning.space.SearchSpace;

class TimeLeftTest {
  private static Study study(StudyLimits limits) {
    return Study.begin(StudyPlan.of(SearchSpace.parse("x=0.0..1.0"), 90), limits);
  }

  private static void tellOne(Study study) {
    Optional<Assignment> next = study.ask();
    study.tell(next.orElseThrow(), 1);
  }

  @Test
  void isNotKnownBeforeAnythingWasTrained() {
    assertEquals("0:00 so far", new TimeLeft(study(StudyLimits.none().trials(9))).text());
  }

  @Test
  void isNotKnownWhereNothingEndsTheSearch() {
    Study study = study(StudyLimits.none());
    TimeLeft left = new TimeLeft(study);
    tellOne(study);
    assertTrue(left.text().endsWith(" so far"), left.text());
  }

  @Test
  void followsFromWhatWasTrained() {
    for (StudyLimits limits :
        new StudyLimits[] {StudyLimits.none().trials(900), StudyLimits.none().steps(9_000)}) {
      Study study = study(limits);
      TimeLeft left = new TimeLeft(study);
      tellOne(study);
      assertTrue(left.text().endsWith(" left"), left.text());
    }
  }

  @Test
  void isAtMostTheTimeThatTheSearchHas() {
    TimeLeft left = new TimeLeft(study(StudyLimits.none().time(Duration.ofHours(2))));
    assertEquals("2:00 h left", left.text());
  }

  @Test
  void isNothingWhenTheSearchIsOver() {
    Study study = study(StudyLimits.none().trials(1));
    TimeLeft left = new TimeLeft(study);
    while (!study.isOver()) {
      tellOne(study);
    }
    assertEquals("0:00 left", left.text());
  }

  @Test
  void ofAGreatTimeIsAGreatTime() {
    Duration ages = Duration.ofHours(1_000_000_000);
    TimeLeft left = new TimeLeft(study(StudyLimits.none().time(ages)));
    assertEquals("1000000000:00 h left", left.text());
  }
}

package org.levin.tuning.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.levin.tuning.space.Configuration;
import org.levin.tuning.trial.Measurement;
import org.levin.tuning.trial.Result;

/** Every event is read as it was written, whatever its numbers and texts. */
class JournalPropertyTest {

  @Provide
  Arbitrary<StudyEvent> events() {
    return Arbitraries.oneOf(proposed(), measured(), failed(), recorded());
  }

  private static Arbitrary<Integer> numbers() {
    return Arbitraries.integers().greaterOrEqual(1);
  }

  private static Arbitrary<Double> finite() {
    return Arbitraries.longs()
        .map(Double::longBitsToDouble)
        .filter(number -> Double.isFinite(number))
        .map(number -> number + 0.0);
  }

  /** What UTF-8 can say. */
  private static Arbitrary<String> texts() {
    return Arbitraries.strings()
        .ofMaxLength(40)
        .map(text -> new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8));
  }

  private static Arbitrary<StudyEvent> proposed() {
    Arbitrary<Object> values =
        Arbitraries.oneOf(
            Arbitraries.longs().map(Object.class::cast),
            finite().map(Object.class::cast),
            Arbitraries.of("constant", "a-1", "C_2.x"));
    Arbitrary<Map<String, Object>> maps =
        Arbitraries.maps(Arbitraries.strings().alpha().ofMinLength(1).ofMaxLength(20), values)
            .ofMaxSize(10);
    return Combinators.combine(numbers(), maps)
        .as((trial, map) -> new StudyEvent.Proposed(trial, new Configuration(map)));
  }

  private static Arbitrary<StudyEvent> measured() {
    Arbitrary<OptionalLong> parameters =
        Arbitraries.longs()
            .greaterOrEqual(1)
            .optional()
            .map(value -> value.map(OptionalLong::of).orElse(OptionalLong.empty()));
    Arbitrary<OptionalDouble> times =
        finite()
            .map(Math::abs)
            .filter(time -> time > 0)
            .optional()
            .map(value -> value.map(OptionalDouble::of).orElse(OptionalDouble.empty()));
    Arbitrary<Result> results =
        Combinators.combine(Arbitraries.longs().greaterOrEqual(1), finite(), parameters, times)
            .as((steps, loss, size, time) -> Result.of(steps, new Measurement(loss, size, time)));
    return Combinators.combine(numbers(), results, finite().map(Math::abs))
        .as(StudyEvent.Measured::new);
  }

  private static Arbitrary<StudyEvent> failed() {
    return Combinators.combine(numbers(), Arbitraries.longs().greaterOrEqual(1), texts())
        .as((trial, steps, why) -> new StudyEvent.Measured(trial, Result.failed(steps, why), 0));
  }

  private static Arbitrary<StudyEvent> recorded() {
    return Combinators.combine(numbers(), texts()).as(StudyEvent.Recorded::new);
  }

  @Property(seed = "20260101", tries = 500, edgeCases = EdgeCasesMode.NONE)
  void anEventIsReadAsItWasWritten(@ForAll("events") StudyEvent event) {
    JournalLine writing = new JournalLine();
    byte[] line = writing.seal(JournalJson.write(event));
    assertEquals('\n', line[line.length - 1]);
    String text = new String(line, 0, line.length - 1, StandardCharsets.UTF_8);
    assertEquals(Optional.empty(), text.lines().skip(1).findFirst(), "lines of more than one");
    String json = new JournalLine().open(text.getBytes(StandardCharsets.UTF_8));
    assertEquals(event, JournalJson.readEvent(json));
  }
}

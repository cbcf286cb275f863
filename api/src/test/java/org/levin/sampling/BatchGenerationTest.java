package org.levin.sampling;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.levin.constraint.Constraint;
import org.levin.engine.MarkovNetwork;
import org.levin.text.UnknownSymbolException;
import org.levin.text.UnknownSymbols;
import org.levin.text.Vocabulary;
import org.levin.training.Cancellation;

/** Many texts at once are what each is alone. */
class BatchGenerationTest {
  private static final Vocabulary LETTERS = Vocabulary.codePointsOf("\nabcdef");
  private static final GenerationOptions OPTIONS =
      GenerationOptions.of(Sampler.penalties(1.2, 0, 0, 5).then(Sampler.topP(0.95)))
          .length(40)
          .seed(7);

  private final MarkovNetwork network = MarkovNetwork.mixed(7);

  private List<String> together(List<String> prompts, GenerationOptions options) {
    List<String> texts = new ArrayList<>();
    new BatchGeneration(network, MarkovNetwork.ARCHITECTURE, LETTERS, prompts, options)
        .write(texts::add, new Cancellation());
    assertEquals(0, network.openStates);
    return texts;
  }

  private List<String> alone(List<String> prompts, GenerationOptions options) {
    return IntStream.range(0, prompts.size())
        .mapToObj(
            i -> {
              GenerationOptions own = options.seed(options.seed() + i);
              try (GenerationSession session = new GenerationSession(network, LETTERS, own)) {
                return session.feed(prompts.get(i)).write();
              }
            })
        .toList();
  }

  private void assertSame(List<String> prompts, GenerationOptions options) {
    assertEquals(alone(prompts, options), together(prompts, options));
  }

  @Test
  void onePromptManyTexts() {
    assertSame(Collections.nCopies(30, "abc"), OPTIONS);
    assertTrue(together(Collections.nCopies(30, "abc"), OPTIONS).stream().distinct().count() > 25);
  }

  @Test
  void whatAllPromptsBeginWithIsReadOnce() {
    together(List.of("abcabca", "abcabcf", "abcabcad"), OPTIONS.length(3));
    assertEquals(List.of(1, 2, 3, 1, 2, 3), network.read.subList(0, 6));
  }

  @Test
  void promptsOfAllLengthsAlsoNoneAtAll() {
    assertSame(
        List.of("", "a", "\n", "fedcba", "abcdef".repeat(300), "", "abcdefa", "ab"), OPTIONS);
    assertSame(Collections.nCopies(3, ""), OPTIONS);
    assertSame(List.of("a"), OPTIONS);
    assertSame(List.of(), OPTIONS);
  }

  @Test
  void textsThatEndMakeRoomForOthers() {
    List<String> prompts =
        IntStream.range(0, 300)
            .mapToObj(i -> "abcdef".substring(i % 5, i % 5 + 1 + i % 2))
            .toList();
    GenerationOptions stopping = OPTIONS.stopAt("fe", "cc", "ad");
    List<String> texts = alone(prompts, stopping);
    assertTrue(texts.stream().mapToInt(String::length).distinct().count() > 15);
    assertEquals(texts, together(prompts, stopping));
  }

  @Test
  void textsThatEndAtOnce() {
    assertSame(Collections.nCopies(100, "ab"), OPTIONS.length(0));
    assertSame(Collections.nCopies(100, "ab"), OPTIONS.length(1));
    assertSame(
        Collections.nCopies(100, "ab"), OPTIONS.constraint(Constraint.matching("c?d*", LETTERS)));
  }

  @Test
  void textsComeInTheOrderOfThePromptsAsSoonAsTheyAreDone() {
    List<String> given = new ArrayList<>();
    MarkovNetwork counting =
        new MarkovNetwork(
            7,
            (earlier, last, symbol) -> {
              given.add("step");
              return network.logProbability(earlier, last, symbol) > -1.9 ? 3 : 0;
            });
    new BatchGeneration(
            counting,
            MarkovNetwork.ARCHITECTURE,
            LETTERS,
            Collections.nCopies(200, "a"),
            OPTIONS.stopAt("b"))
        .write(text -> given.add("text"), new Cancellation());
    assertEquals(200, given.stream().filter("text"::equals).count());
    assertTrue(given.indexOf("text") < given.lastIndexOf("step"), "the first text does not wait");
  }

  @Test
  void mayBeEndedFromOutside() {
    Cancellation cancellation = new Cancellation();
    List<String> texts = new ArrayList<>();
    GenerationOptions options = OPTIONS.stopAt("b").length(Long.MAX_VALUE);
    new BatchGeneration(
            network,
            MarkovNetwork.ARCHITECTURE,
            LETTERS,
            Collections.nCopies(1_000_000, "a"),
            options)
        .write(
            text -> {
              texts.add(text);
              if (texts.size() == 500) {
                cancellation.cancel();
              }
            },
            cancellation);
    assertTrue(texts.size() >= 500 && texts.size() < 600, texts.size() + " texts");
    assertEquals(0, network.openStates);
    Cancellation atOnce = new Cancellation();
    List<String> letters = new ArrayList<>();
    new BatchGeneration(
            network,
            MarkovNetwork.ARCHITECTURE,
            LETTERS,
            Collections.nCopies(1_000, "a"),
            OPTIONS.length(1))
        .write(
            text -> {
              letters.add(text);
              atOnce.cancel();
            },
            atOnce);
    assertEquals(1, letters.size(), "also where each text ends with its first draw");
  }

  @Test
  void anUnknownSymbolOfAPromptIsAnErrorBeforeAnythingIsWritten() {
    List<String> prompts = List.of("abc", "a?c");
    assertThrows(UnknownSymbolException.class, () -> together(prompts, OPTIONS));
    assertEquals(List.of(), network.read);
    assertSame(prompts, OPTIONS.unknownSymbols(UnknownSymbols.skip()));
  }

  @Test
  void aFailureLeavesNothingOpen() {
    Sampler failing =
        logits -> {
          throw new IllegalStateException("the sampler has had enough");
        };
    assertThrows(
        IllegalStateException.class, () -> together(List.of("a", "b"), OPTIONS.sampler(failing)));
    assertEquals(0, network.openStates);
  }
}

package org.levin.tribuo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.levin.text.UnknownSymbolException;
import org.levin.text.Vocabulary;
import org.tribuo.Example;
import org.tribuo.classification.Label;
import org.tribuo.classification.LabelFactory;
import org.tribuo.impl.BinaryFeaturesExample;
import org.tribuo.provenance.SimpleDataSourceProvenance;
import org.tribuo.sequence.MutableSequenceDataset;
import org.tribuo.sequence.SequenceDataset;
import org.tribuo.sequence.SequenceExample;

class TextSequencesTest {
  private static final String TEXT = "Ein Löwe \uD83E\uDD81 lief, ein Löwe schlief.\n".repeat(30);

  @Test
  void aTextThatWasCutIsWholeAgain() {
    Vocabulary vocabulary = Vocabulary.codePointsOf(TEXT);
    for (int length : new int[] {1, 2, 7, 100, 100_000}) {
      assertEquals(TEXT, TextSequences.spell(TextSequences.of(TEXT, vocabulary, length)));
    }
    assertEquals("aa", TextSequences.spell(TextSequences.of("aa", vocabulary("a"), 1)));
    refuses("2 symbols", () -> TextSequences.of("a", vocabulary("a"), 1));
    refuses("length", () -> TextSequences.of("aa", vocabulary("a"), 0));
    assertThrows(UnknownSymbolException.class, () -> TextSequences.of("ab", vocabulary("a"), 1));
  }

  @Test
  void independentSequencesAreStrungTogether() {
    assertEquals("one\ntwo\n", TextSequences.spell(dataset("one\n", "two\n")));
  }

  @Test
  void labelsThatAreNotTheNextSymbolAreRefused() {
    SequenceDataset<Label> tags = dataset();
    ((MutableSequenceDataset<Label>) tags)
        .add(new SequenceExample<>(List.of(example("d", "NOUN"), example("o", "VERB"))));
    refuses("must be one character, but there is \"NOUN\"", () -> TextSequences.spell(tags));
    SequenceDataset<Label> other = dataset();
    ((MutableSequenceDataset<Label>) other)
        .add(new SequenceExample<>(List.of(example("d", "a"), example("o", "b"))));
    refuses("\"a\" is followed by \"o\"", () -> TextSequences.spell(other));
  }

  @Test
  void theDatasetSaysWhichTextItIs() {
    String provenance = TextSequences.of("abc", vocabulary("abc"), 2).getProvenance().toString();
    assertTrue(
        provenance.contains(
            "a text of 3 symbols, SHA-256"
                + " ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad, in sequences"
                + " of 2"),
        provenance);
  }

  private static Vocabulary vocabulary(String text) {
    return Vocabulary.codePointsOf(text);
  }

  private static SequenceDataset<Label> dataset(String... texts) {
    LabelFactory factory = new LabelFactory();
    MutableSequenceDataset<Label> dataset =
        new MutableSequenceDataset<>(new SimpleDataSourceProvenance("test", factory), factory);
    for (String text : texts) {
      dataset.addAll(TextSequences.of(text, vocabulary(text), 99).getData());
    }
    return dataset;
  }

  private static Example<Label> example(String symbol, String label) {
    return new BinaryFeaturesExample<>(new Label(label), new String[] {symbol});
  }

  private static void refuses(String message, org.junit.jupiter.api.function.Executable call) {
    String said = assertThrows(IllegalArgumentException.class, call).getMessage();
    assertTrue(said.contains(message), said);
  }
}

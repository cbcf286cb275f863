package org.levin.tribuo;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.levin.format.Sha256;
import org.levin.internal.Arguments;
import org.levin.text.Vocabulary;
import org.tribuo.Example;
import org.tribuo.classification.Label;
import org.tribuo.classification.LabelFactory;
import org.tribuo.impl.BinaryFeaturesExample;
import org.tribuo.provenance.SimpleDataSourceProvenance;
import org.tribuo.sequence.MutableSequenceDataset;
import org.tribuo.sequence.SequenceDataset;
import org.tribuo.sequence.SequenceExample;

/**
 * Texts as Tribuo's sequences: at each position, the feature is the symbol that is read and the
 * label the symbol after it.
 */
public final class TextSequences {
  private TextSequences() {}

  /**
   * Returns a text cut into sequences. Where it is cut, a model forgets what it has read, so long
   * sequences are judged more kindly than short ones.
   *
   * @param vocabulary cuts the text into symbols; a model's own, where it is the model's to judge
   * @param length positions of each sequence; the last may have fewer
   * @throws org.levin.text.UnknownSymbolException if the vocabulary lacks a symbol of the text
   * @throws IllegalArgumentException if the text has fewer than two symbols, or the length is below
   *     1
   */
  public static MutableSequenceDataset<Label> of(String text, Vocabulary vocabulary, int length) {
    Arguments.atLeast(1, length, "length");
    int[] ids = vocabulary.encode(text);
    Arguments.require(ids.length > 1, "a text of 2 symbols is needed, but it has %d", ids.length);
    SymbolLabels symbols = new SymbolLabels(vocabulary);
    LabelFactory factory = new LabelFactory();
    String digest = new Sha256().update(text.getBytes(StandardCharsets.UTF_8)).hex();
    MutableSequenceDataset<Label> dataset =
        new MutableSequenceDataset<>(
            new SimpleDataSourceProvenance(
                "a text of %d symbols, SHA-256 %s, in sequences of %d"
                    .formatted(ids.length, digest, length),
                factory),
            factory);
    int positions = ids.length - 1;
    for (int from = 0; from < positions; from += length) {
      List<Example<Label>> sequence = new ArrayList<>();
      for (int at = from; at < Math.min(positions, from + length); at++) {
        String[] read = {symbols.label(ids[at]).getLabel()};
        sequence.add(new BinaryFeaturesExample<>(symbols.label(ids[at + 1]), read));
      }
      dataset.add(new SequenceExample<>(sequence));
    }
    return dataset;
  }

  /**
   * Returns the text that sequences spell, strung together: the symbols read, and the last label of
   * each unless the next sequence begins with it. What {@link #of} cut is whole again.
   *
   * @throws IllegalArgumentException if a label is not the symbol that follows, or a symbol is not
   *     one character
   */
  static String spell(SequenceDataset<Label> sequences) {
    StringBuilder text = new StringBuilder();
    String awaited = "";
    for (SequenceExample<Label> sequence : sequences) {
      boolean begins = true;
      for (Example<Label> position : sequence) {
        String symbol = character(SymbolLabels.symbol(position));
        if (!awaited.equals(symbol)) {
          Arguments.require(
              begins,
              "a label must be the symbol that follows, but \"%s\" is followed by \"%s\"",
              awaited,
              symbol);
          text.append(awaited);
        }
        text.append(symbol);
        awaited = character(position.getOutput().getLabel());
        begins = false;
      }
    }
    return text.append(awaited).toString();
  }

  private static String character(String symbol) {
    Arguments.require(
        symbol.codePointCount(0, symbol.length()) == 1,
        "a feature or label must be one character, but there is \"%s\"",
        symbol);
    return symbol;
  }
}

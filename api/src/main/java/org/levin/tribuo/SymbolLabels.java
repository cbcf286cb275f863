package org.levin.tribuo;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.levin.internal.Arguments;
import org.levin.text.UnknownSymbols;
import org.levin.text.Vocabulary;
import org.tribuo.Example;
import org.tribuo.Feature;
import org.tribuo.ImmutableFeatureMap;
import org.tribuo.ImmutableOutputInfo;
import org.tribuo.MutableFeatureMap;
import org.tribuo.classification.Label;
import org.tribuo.classification.LabelFactory;

/**
 * A vocabulary as Tribuo's domains. A symbol has one name, as feature and as label: itself, or
 * {@link Vocabulary#display} of a byte that is no character. Labels keep the vocabulary's ids;
 * features get Tribuo's, which follow the order of the names, and are known by name only.
 */
final class SymbolLabels {
  private final Map<String, Integer> ids = new HashMap<>();
  private final Label[] labels;

  SymbolLabels(Vocabulary vocabulary) {
    labels =
        IntStream.range(0, vocabulary.size())
            .mapToObj(id -> new Label(name(vocabulary, id)))
            .toArray(Label[]::new);
    for (int id = 0; id < labels.length; id++) {
      String name = labels[id].getLabel();
      Arguments.require(ids.put(name, id) == null, "two symbols are called %s", name);
    }
  }

  private static String name(Vocabulary vocabulary, int id) {
    String text = vocabulary.decode(id);
    boolean itself = Arrays.equals(vocabulary.encode(text, UnknownSymbols.skip()), new int[] {id});
    return itself ? text : vocabulary.display(id);
  }

  /**
   * Returns the one symbol of a position.
   *
   * @throws IllegalArgumentException if it has none, or several
   */
  static String symbol(Example<?> position) {
    Iterator<Feature> features = position.iterator();
    Arguments.require(
        position.size() == 1,
        "a position has one feature, the symbol that is read there, but this one has %d",
        position.size());
    return features.next().getName();
  }

  /**
   * Returns the id of the symbol of a position.
   *
   * @throws IllegalArgumentException if it has none, or several, or one that the vocabulary lacks
   */
  int id(Example<?> position) {
    String symbol = symbol(position);
    Integer id = ids.get(symbol);
    Arguments.require(id != null, "the feature \"%s\" is no symbol that the model knows", symbol);
    return id;
  }

  Label label(int id) {
    return labels[id];
  }

  ImmutableFeatureMap features() {
    MutableFeatureMap map = new MutableFeatureMap();
    for (Label label : labels) {
      map.add(label.getLabel(), 1);
    }
    return new ImmutableFeatureMap(map);
  }

  ImmutableOutputInfo<Label> outputs() {
    Map<Label, Integer> mapping = new LinkedHashMap<>();
    for (int id = 0; id < labels.length; id++) {
      mapping.put(labels[id], id);
    }
    return new LabelFactory().constructInfoForExternalModel(mapping);
  }
}

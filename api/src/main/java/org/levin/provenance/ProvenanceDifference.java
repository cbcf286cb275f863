package org.levin.provenance;

import com.oracle.labs.mlrg.olcut.provenance.ListProvenance;
import com.oracle.labs.mlrg.olcut.provenance.MapProvenance;
import com.oracle.labs.mlrg.olcut.provenance.ObjectProvenance;
import com.oracle.labs.mlrg.olcut.provenance.PrimitiveProvenance;
import com.oracle.labs.mlrg.olcut.provenance.Provenance;
import com.oracle.labs.mlrg.olcut.util.Pair;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.levin.internal.Printable;
import org.tribuo.provenance.ModelProvenance;

/**
 * A value that two provenances do not share.
 *
 * @param path the names on the way to the value, separated by dots, as {@code trainer.seed}
 * @param first the value in the first provenance; {@code -} where it has none
 * @param second the value in the second, likewise
 */
public record ProvenanceDifference(String path, String first, String second) {
  private static final String NOTHING = "-";
  private static final int LONGEST_TEXT = 1_000;

  /** Returns all values that differ, in the order of their paths. */
  public static List<ProvenanceDifference> between(ModelProvenance first, ModelProvenance second) {
    Map<String, String> left = values(first);
    Map<String, String> right = values(second);
    TreeSet<String> paths = new TreeSet<>(left.keySet());
    paths.addAll(right.keySet());
    List<ProvenanceDifference> differences = new ArrayList<>();
    for (String path : paths) {
      ProvenanceDifference difference =
          new ProvenanceDifference(
              path, left.getOrDefault(path, NOTHING), right.getOrDefault(path, NOTHING));
      if (!difference.first.equals(difference.second)) {
        differences.add(difference);
      }
    }
    return List.copyOf(differences);
  }

  private static Map<String, String> values(ModelProvenance provenance) {
    Map<String, String> values = new TreeMap<>();
    collect("", provenance, values);
    return values;
  }

  private static void collect(String path, Provenance provenance, Map<String, String> values) {
    String prefix = path.isEmpty() ? "" : path + ".";
    switch (provenance) {
      case PrimitiveProvenance<?> primitive -> values.put(path, primitive.getValue().toString());
      case ListProvenance<?> list -> {
        for (int i = 0; i < list.getList().size(); i++) {
          collect(prefix + i, list.getList().get(i), values);
        }
      }
      case MapProvenance<?> map ->
          map.getMap().forEach((name, value) -> collect(prefix + name, value, values));
      case ObjectProvenance object -> {
        for (Pair<String, Provenance> field : object) {
          collect(prefix + field.getA(), field.getB(), values);
        }
      }
      default -> values.put(path, provenance.toString());
    }
  }

  /** Returns path and values for people to read, cut short and without control characters. */
  @Override
  public String toString() {
    return Printable.of(path + ": " + first + " -> " + second, LONGEST_TEXT);
  }
}

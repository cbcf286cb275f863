package org.levin.hostile;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.levin.text.Vocabulary;

/** What a hostile model may do beyond what every safetensors file may. */
enum ModelEdit implements Edit<SafetensorsDraft> {
  ARCHITECTURE_THAT_IS_NONE {
    @Override
    public void apply(SafetensorsDraft draft, Random random) {
      editJson(draft, "levin.architecture", random);
    }
  },
  VOCABULARY_THAT_IS_NONE {
    @Override
    public void apply(SafetensorsDraft draft, Random random) {
      editJson(draft, "levin.vocabulary", random);
    }
  },
  PROVENANCE_THAT_IS_NONE {
    @Override
    public void apply(SafetensorsDraft draft, Random random) {
      editJson(draft, "levin.provenance", random);
    }
  },
  OTHER_VERSION {
    @Override
    public void apply(SafetensorsDraft draft, Random random) {
      String version = random.nextBoolean() ? Nonsense.longText(random) : Nonsense.digits(random);
      draft.editMetadata("levin.format", old -> version);
    }
  },
  OTHER_SIZES {
    @Override
    public void apply(SafetensorsDraft draft, Random random) {
      String size = Nonsense.pick(List.of("layers", "hiddenSize", "vocabularySize"), random);
      draft.editMetadata(
          "levin.architecture",
          json -> json.replaceFirst("(\"" + size + "\"):\\d+", "$1:" + Nonsense.number(random)));
    }
  },
  /** The fingerprint is that of the other symbols, so that nothing but their number is wrong. */
  OTHER_SYMBOLS {
    @Override
    public void apply(SafetensorsDraft draft, Random random) {
      int[] symbols = random.ints(random.nextInt(1, 1_000), 'A', 'A' + 5_000).distinct().toArray();
      Vocabulary vocabulary = Vocabulary.codePoints(symbols);
      StringBuilder list = new StringBuilder();
      for (int id = 0; id < vocabulary.size(); id++) {
        String symbol = new String(vocabulary.symbol(id), StandardCharsets.UTF_8);
        list.append(list.isEmpty() ? "" : ",").append(SafetensorsDraft.text(symbol));
      }
      draft.editMetadata(
          "levin.vocabulary",
          old ->
              "{\"type\":\"code-points\",\"fingerprint\":\"%s\",\"symbols\":[%s]}"
                  .formatted(vocabulary.fingerprint(), list));
    }
  },
  OTHER_TYPE_OF_VOCABULARY {
    @Override
    public void apply(SafetensorsDraft draft, Random random) {
      String type =
          Nonsense.pick(List.of("bytes", Nonsense.CLASS, Nonsense.longText(random)), random);
      draft.editMetadata(
          "levin.vocabulary",
          json ->
              json.replaceFirst(
                  "\"code-points\"", "\"" + type.replaceAll("\\p{Cntrl}", "") + "\""));
    }
  },
  METADATA_OF_ANOTHER_KEY {
    @Override
    public void apply(SafetensorsDraft draft, Random random) {
      List<String> keys = List.of("format", "architecture", "vocabulary", "provenance");
      String key = "levin." + Nonsense.pick(keys, random);
      String[] taken = new String[1];
      draft.editMetadata(
          key,
          value -> {
            taken[0] = value;
            return value;
          });
      if (taken[0] != null) {
        draft.editMetadata("levin." + Nonsense.pick(keys, random), old -> taken[0]);
      }
    }
  };

  /** Edits a metadata entry that is JSON. */
  static void editJson(SafetensorsDraft draft, String key, Random random) {
    draft.editMetadata(
        key,
        text -> {
          StringBuilder json = new StringBuilder(text);
          for (int edits = random.nextInt(1, 3); edits > 0; edits--) {
            Nonsense.pick(List.of(JsonEdit.values()), random).apply(json, random);
          }
          return json.toString();
        });
  }
}

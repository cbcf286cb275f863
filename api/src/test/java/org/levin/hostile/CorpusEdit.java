package org.levin.hostile;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.levin.hostile.CorpusDraft.Entry;

/** What a hostile corpus may do. */
enum CorpusEdit implements Edit<CorpusDraft> {
  NUMBER_THAT_IS_NONE {
    @Override
    public void apply(CorpusDraft draft, Random random) {
      long lie = Nonsense.number(random);
      draft.lie(Nonsense.pick(draft.numbers(), random), truth -> lie);
    }
  },
  NUMBER_A_LITTLE_OFF {
    @Override
    public void apply(CorpusDraft draft, Random random) {
      long more = Nonsense.pick(List.of(-64L, -8L, -1L, 1L, 8L, 64L), random);
      draft.lie(Nonsense.pick(draft.numbers(), random), truth -> truth + more);
    }
  },
  NUMBER_THAT_WRAPS_AROUND {
    @Override
    public void apply(CorpusDraft draft, Random random) {
      int bit = random.nextInt(31, 64);
      draft.lie(Nonsense.pick(draft.numbers(), random), truth -> truth + (1L << bit));
    }
  },
  /** Message, footer and buffer agree on it. */
  BODY_OF_TERABYTES {
    @Override
    public void apply(CorpusDraft draft, Random random) {
      String block = block(draft, random);
      long length = (random.nextInt(1, 100) * (1L << 40)) | (random.nextInt(2) * 64L);
      draft.lie(block + ": body length", truth -> length);
      draft.lie(block + ": body length in the footer", truth -> length);
      if (random.nextBoolean()) {
        draft.lie(block + ": length of buffer 1", truth -> length);
      }
    }
  },
  BLOCKS_THAT_OVERLAP {
    @Override
    public void apply(CorpusDraft draft, Random random) {
      long back = random.nextInt(1, 10) * 64L;
      draft.lie(block(draft, random) + ": offset", truth -> truth - back);
    }
  },
  GAP_BETWEEN_BLOCKS {
    @Override
    public void apply(CorpusDraft draft, Random random) {
      long gap = random.nextInt(1, 10) * 64L;
      draft.lie(block(draft, random) + ": offset", truth -> truth + gap);
    }
  },
  ROWS_THAT_ALL_BELIEVE {
    @Override
    public void apply(CorpusDraft draft, Random random) {
      String block = block(draft, random);
      long rows = random.nextBoolean() ? Nonsense.number(random) : random.nextInt(100);
      draft.lie(block + ": rows", truth -> rows);
      draft.lie(block + ": rows of the column", truth -> rows);
      set(draft.footerMetadata, "levin.tokens", Long.toString(rows));
    }
  },
  ID_BEYOND_THE_VOCABULARY {
    @Override
    public void apply(CorpusDraft draft, Random random) {
      if (draft.bodies.isEmpty()) {
        return;
      }
      byte[] body = Nonsense.pick(draft.bodies, random);
      body[random.nextInt(body.length)] = (byte) Nonsense.number(random);
      body[random.nextInt(body.length)] = (byte) 0x7f;
    }
  },
  OFFSET_OF_A_SYMBOL {
    @Override
    public void apply(CorpusDraft draft, Random random) {
      int at = random.nextInt(draft.offsets.length / Integer.BYTES) * Integer.BYTES;
      ByteBuffer.wrap(draft.offsets)
          .order(ByteOrder.LITTLE_ENDIAN)
          .putInt(at, (int) Nonsense.number(random));
    }
  },
  SYMBOLS_THAT_ARE_NONE {
    @Override
    public void apply(CorpusDraft draft, Random random) {
      draft.symbols[random.nextInt(draft.symbols.length)] = (byte) random.nextInt(256);
    }
  },
  SYMBOL_TWICE {
    @Override
    public void apply(CorpusDraft draft, Random random) {
      Arrays.fill(draft.symbols, (byte) 'a');
    }
  },
  OTHER_NUMBER_OF_BATCHES {
    @Override
    public void apply(CorpusDraft draft, Random random) {
      if (random.nextBoolean()) {
        draft.bodies.clear();
      } else {
        draft.bodies.add(draft.bodies.isEmpty() ? new byte[5] : draft.bodies.getFirst().clone());
      }
    }
  },
  METADATA_TWICE {
    @Override
    public void apply(CorpusDraft draft, Random random) {
      List<Entry> entries = metadata(draft, random);
      entries.add(Nonsense.pick(entries, random));
    }
  },
  METADATA_MISSING {
    @Override
    public void apply(CorpusDraft draft, Random random) {
      List<Entry> entries = metadata(draft, random);
      if (entries.size() > 1) {
        entries.remove(random.nextInt(entries.size()));
      }
    }
  },
  METADATA_OF_NONSENSE {
    @Override
    public void apply(CorpusDraft draft, Random random) {
      List<Entry> entries = metadata(draft, random);
      String key = Nonsense.pick(entries, random).key();
      String value = random.nextInt(3) > 0 ? Nonsense.digits(random) : Nonsense.longText(random);
      set(entries, key, value.replaceAll("\\p{Cs}", "?"));
    }
  },
  MANY_METADATA {
    @Override
    public void apply(CorpusDraft draft, Random random) {
      List<Entry> entries = metadata(draft, random);
      int more = random.nextInt(1, 1_000);
      for (int i = 0; i < more; i++) {
        entries.add(new Entry("x" + i, ""));
      }
    }
  },
  OTHER_COLUMN {
    @Override
    public void apply(CorpusDraft draft, Random random) {
      draft.column = random.nextBoolean() ? "" : Nonsense.longText(random);
    }
  },
  CLASS_NAME {
    @Override
    public void apply(CorpusDraft draft, Random random) {
      set(draft.schemaMetadata, "levin.vocabulary.type", Nonsense.CLASS);
    }
  };

  private static String block(CorpusDraft draft, Random random) {
    return random.nextInt(3) == 0
        ? "dictionary"
        : "batch " + random.nextInt(Math.max(1, draft.bodies.size()));
  }

  private static List<Entry> metadata(CorpusDraft draft, Random random) {
    return random.nextBoolean() ? draft.schemaMetadata : draft.footerMetadata;
  }

  private static void set(List<Entry> entries, String key, String value) {
    entries.replaceAll(entry -> entry.key().equals(key) ? new Entry(key, value) : entry);
  }
}

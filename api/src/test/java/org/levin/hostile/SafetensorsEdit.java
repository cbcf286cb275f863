package org.levin.hostile;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.levin.hostile.SafetensorsDraft.Field;
import org.levin.hostile.SafetensorsDraft.Section;

/** What a hostile safetensors file may do, whatever it is for. */
enum SafetensorsEdit implements Edit<SafetensorsDraft> {
  HEADER_LENGTH_THAT_IS_NONE {
    @Override
    public void apply(SafetensorsDraft draft, Random random) {
      draft.headerLength = OptionalLong.of(Nonsense.number(random));
    }
  },
  HEADER_LENGTH_A_LITTLE_OFF {
    @Override
    public void apply(SafetensorsDraft draft, Random random) {
      long truth = ByteBuffer.wrap(draft.toBytes()).order(ByteOrder.LITTLE_ENDIAN).getLong();
      draft.headerLength = OptionalLong.of(truth + random.nextInt(-9, 10));
    }
  },
  NUMBER_THAT_IS_NONE {
    @Override
    public void apply(SafetensorsDraft draft, Random random) {
      Section tensor = tensor(draft, random);
      String field = random.nextBoolean() ? "shape" : "data_offsets";
      List<String> numbers = numbers(tensor, field);
      numbers.set(random.nextInt(numbers.size()), Nonsense.digits(random));
      tensor.set(field, numbers.toString());
    }
  },
  SHAPE_WHOSE_PRODUCT_OVERFLOWS {
    @Override
    public void apply(SafetensorsDraft draft, Random random) {
      Section tensor = tensor(draft, random);
      // Modulo 2^64 each is the number of elements that there really are, or of their bytes.
      long elements = elements(tensor);
      tensor.set(
          "shape",
          Nonsense.pick(
              List.of(
                  "[" + (elements + (1L << 62)) + "]",
                  "[4294967296,4294967296," + elements + "]",
                  "[" + (elements + (1L << 61)) + ",1]",
                  "[9223372036854775807,9223372036854775807," + elements + "]",
                  "[4611686018427387904,4," + elements + "]"),
              random));
    }
  },
  MANY_DIMENSIONS {
    @Override
    public void apply(SafetensorsDraft draft, Random random) {
      Section tensor = tensor(draft, random);
      int rank = Nonsense.pick(List.of(2, 63, 64, 65, 1_000), random);
      tensor.set("shape", "[" + elements(tensor) + ",1".repeat(rank) + "]");
    }
  },
  OVERLAP {
    @Override
    public void apply(SafetensorsDraft draft, Random random) {
      tensor(draft, random).set("data_offsets", offsets(tensor(draft, random)));
    }

    private static String offsets(Section tensor) {
      return numbers(tensor, "data_offsets").toString();
    }
  },
  GAP {
    @Override
    public void apply(SafetensorsDraft draft, Random random) {
      List<Section> tensors = draft.tensors();
      int shift = random.nextInt(1, 9);
      for (Section tensor : tensors.subList(random.nextInt(tensors.size()), tensors.size())) {
        List<String> offsets = numbers(tensor, "data_offsets");
        offsets.replaceAll(offset -> plus(offset, shift));
        tensor.set("data_offsets", offsets.toString());
      }
      draft.data = Arrays.copyOf(draft.data, draft.data.length + shift);
    }
  },
  BYTES_THAT_NOBODY_TAKES {
    @Override
    public void apply(SafetensorsDraft draft, Random random) {
      draft.data = Arrays.copyOf(draft.data, draft.data.length + random.nextInt(1, 100));
    }
  },
  BYTES_MISSING {
    @Override
    public void apply(SafetensorsDraft draft, Random random) {
      draft.data = Arrays.copyOf(draft.data, random.nextInt(draft.data.length + 1));
    }
  },
  OTHER_TYPE {
    @Override
    public void apply(SafetensorsDraft draft, Random random) {
      List<String> types = List.of("F16", "BF16", "F64", "I32", "U8", "F4", "f32", "F33", "");
      tensor(draft, random).set("dtype", '"' + Nonsense.pick(types, random) + '"');
    }
  },
  NAME_TWICE {
    @Override
    public void apply(SafetensorsDraft draft, Random random) {
      draft.sections.add(section(draft, random));
    }
  },
  NAME_OF_ANOTHER {
    @Override
    public void apply(SafetensorsDraft draft, Random random) {
      Section other = section(draft, random);
      int at = random.nextInt(draft.sections.size());
      draft.sections.set(at, new Section(other.name(), draft.sections.get(at).fields()));
    }
  },
  FIELD_TWICE {
    @Override
    public void apply(SafetensorsDraft draft, Random random) {
      List<Field> fields = section(draft, random).fields();
      if (!fields.isEmpty()) {
        fields.add(Nonsense.pick(fields, random));
      }
    }
  },
  FIELD_MISSING {
    @Override
    public void apply(SafetensorsDraft draft, Random random) {
      List<Field> fields = section(draft, random).fields();
      if (!fields.isEmpty()) {
        fields.remove(random.nextInt(fields.size()));
      }
    }
  },
  SECTION_MISSING {
    @Override
    public void apply(SafetensorsDraft draft, Random random) {
      draft.sections.remove(random.nextInt(draft.sections.size()));
    }
  },
  /** Sound: the order of the header is free, but for the seal. */
  OTHER_ORDER {
    @Override
    public void apply(SafetensorsDraft draft, Random random) {
      draft.sections.add(draft.sections.remove(random.nextInt(draft.sections.size())));
    }
  },
  JSON_OF_ANOTHER_KIND {
    @Override
    public void apply(SafetensorsDraft draft, Random random) {
      replaceValue(draft, random, Nonsense.json(random));
    }
  },
  JSON_VERY_DEEP {
    @Override
    public void apply(SafetensorsDraft draft, Random random) {
      replaceValue(draft, random, Nonsense.deep(random));
    }
  },
  LONG_TEXT {
    @Override
    public void apply(SafetensorsDraft draft, Random random) {
      replaceValue(draft, random, SafetensorsDraft.text(Nonsense.longText(random)));
    }
  },
  LONG_NAME {
    @Override
    public void apply(SafetensorsDraft draft, Random random) {
      int at = random.nextInt(draft.sections.size());
      String name = SafetensorsDraft.text(Nonsense.longText(random));
      draft.sections.set(at, new Section(name, draft.sections.get(at).fields()));
    }
  },
  MANY_NAMES {
    @Override
    public void apply(SafetensorsDraft draft, Random random) {
      int more = random.nextInt(1, 1_000);
      List<Field> fields = section(draft, random).fields();
      IntStream.range(0, more)
          .mapToObj(i -> new Field(SafetensorsDraft.text("x" + i), "\"\""))
          .forEach(fields::add);
    }
  },
  MANY_EMPTY_TENSORS {
    @Override
    public void apply(SafetensorsDraft draft, Random random) {
      int more = random.nextInt(1, 300);
      String prefix = Nonsense.pick(List.of("x", "lstm.weight_ih_l", "levin."), random);
      for (int i = 0; i < more; i++) {
        List<Field> fields = new ArrayList<>();
        fields.add(new Field("\"dtype\"", "\"F32\""));
        fields.add(new Field("\"shape\"", "[0,1]"));
        fields.add(new Field("\"data_offsets\"", "[0,0]"));
        draft.sections.add(new Section(SafetensorsDraft.text(prefix + i), fields));
      }
    }
  },
  VALUE_THAT_IS_NOT_FINITE {
    @Override
    public void apply(SafetensorsDraft draft, Random random) {
      if (draft.data.length >= Float.BYTES) {
        float value = Nonsense.pick(List.of(Float.NaN, Float.POSITIVE_INFINITY, -0f), random);
        ByteBuffer.wrap(draft.data)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putFloat(random.nextInt(draft.data.length / Float.BYTES) * Float.BYTES, value);
      }
    }
  };

  private static Section section(SafetensorsDraft draft, Random random) {
    return draft.sections.isEmpty()
        ? new Section("\"x\"", new ArrayList<>())
        : Nonsense.pick(draft.sections, random);
  }

  private static Section tensor(SafetensorsDraft draft, Random random) {
    List<Section> tensors = draft.tensors();
    return tensors.isEmpty() ? section(draft, random) : Nonsense.pick(tensors, random);
  }

  private static void replaceValue(SafetensorsDraft draft, Random random, String json) {
    List<Field> fields = section(draft, random).fields();
    if (!fields.isEmpty()) {
      int at = random.nextInt(fields.size());
      fields.set(at, new Field(fields.get(at).name(), json));
    }
  }

  /** Returns the parts of a list of numbers; one number if an earlier edit left none. */
  private static List<String> numbers(Section tensor, String field) {
    String json =
        tensor.fields().stream()
            .filter(each -> each.name().equals('"' + field + '"'))
            .map(Field::json)
            .findFirst()
            .orElse("[0]");
    return Arrays.stream(json.replaceAll("[\\[\\] ]", "").split(","))
        .collect(Collectors.toCollection(ArrayList::new));
  }

  private static long elements(Section tensor) {
    long product = 1;
    for (String dimension : numbers(tensor, "shape")) {
      product *= number(dimension);
    }
    return product;
  }

  private static String plus(String offset, int shift) {
    return Long.toString(number(offset) + shift);
  }

  private static long number(String digits) {
    return digits.matches("\\d{1,18}") ? Long.parseLong(digits) : 0;
  }
}

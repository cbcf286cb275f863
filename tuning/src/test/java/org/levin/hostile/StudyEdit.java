package org.levin.hostile;

import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What hostile studies may say; each line is then put under a right checksum. */
enum StudyEdit implements Edit<List<String>> {
  JSON_OF_A_LINE {
    @Override
    public void apply(List<String> lines, Random random) {
      change(lines, random, line -> edited(line, random));
    }
  },
  LINE_MISSING {
    @Override
    public void apply(List<String> lines, Random random) {
      lines.remove(random.nextInt(lines.size()));
    }
  },
  LINE_TWICE {
    @Override
    public void apply(List<String> lines, Random random) {
      int at = random.nextInt(lines.size());
      lines.add(random.nextInt(at, lines.size()) + 1, lines.get(at));
    }
  },
  LINES_SWAPPED {
    @Override
    public void apply(List<String> lines, Random random) {
      Collections.swap(lines, random.nextInt(lines.size()), random.nextInt(lines.size()));
    }
  },
  MANY_LINES {
    @Override
    public void apply(List<String> lines, Random random) {
      String line = Nonsense.pick(lines, random);
      for (int i = random.nextInt(1, 200); i > 0; i--) {
        lines.add(line.replaceFirst("\"trial\":\\d+", "\"trial\":" + (lines.size() - 4)));
      }
    }
  },
  TRIAL {
    @Override
    public void apply(List<String> lines, Random random) {
      field(lines, random, "trial", Nonsense.digits(random));
    }
  },
  STEPS {
    @Override
    public void apply(List<String> lines, Random random) {
      String steps = random.nextBoolean() ? Nonsense.digits(random) : "" + random.nextInt(30);
      field(lines, random, "steps", steps);
    }
  },
  NUMBER_OF_A_RESULT {
    @Override
    public void apply(List<String> lines, Random random) {
      String name =
          Nonsense.pick(List.of("loss", "parameters", "secondsPerCharacter", "seconds"), random);
      field(lines, random, name, Nonsense.pick(REALS, random));
    }
  },
  FAILURE {
    @Override
    public void apply(List<String> lines, Random random) {
      field(lines, random, "failure", Nonsense.json(random));
    }
  },
  EVENT {
    @Override
    public void apply(List<String> lines, Random random) {
      String event =
          Nonsense.pick(
              List.of("study", "proposed", "measured", "recorded", "Study", "", "\\u0000"), random);
      field(lines, random, "event", '"' + event + '"');
    }
  },
  FORMAT {
    @Override
    public void apply(List<String> lines, Random random) {
      field(lines, random, "format", Nonsense.digits(random));
    }
  },
  CONFIGURATION {
    @Override
    public void apply(List<String> lines, Random random) {
      String name = Nonsense.pick(List.of("layers", "", "a b", "\\u001b[2J", "x\\ud800"), random);
      String value = random.nextBoolean() ? Nonsense.pick(REALS, random) : Nonsense.json(random);
      String more = random.nextBoolean() ? "" : ",\"dropout\":" + Nonsense.json(random);
      field(lines, random, "configuration", "{\"" + name + "\":" + value + more + "}");
    }
  },
  RUNGS {
    @Override
    public void apply(List<String> lines, Random random) {
      String rungs =
          Nonsense.pick(
              List.of(
                  "[]",
                  "[null]",
                  "[9,3]",
                  "[3,3]",
                  "[0,9]",
                  "[-1]",
                  "[3]",
                  "{}",
                  "[3.0,9]",
                  "[3,9223372036854775807]",
                  "[3,9223372036854775808]",
                  "[[3],9]",
                  "\"3\""),
              random);
      field(lines, random, "rungs", rungs);
    }
  },
  KEEP {
    @Override
    public void apply(List<String> lines, Random random) {
      field(lines, random, "keep", Nonsense.pick(REALS, random));
    }
  },
  LIST_OF_THE_HEADER {
    @Override
    public void apply(List<String> lines, Random random) {
      String list =
          Nonsense.pick(
              List.of(
                  "[]",
                  "[null]",
                  "[\"loss\",\"loss\"]",
                  "[\"loss\",\"time\"]",
                  "[\"\"]",
                  "[[]]",
                  "[1]",
                  "[\"" + Nonsense.CLASS + "\"]",
                  "null",
                  "[\"\\u001b\\ud800\"]"),
              random);
      field(lines, random, Nonsense.pick(List.of("space", "objectives"), random), list);
    }
  },
  NUMBER_OF_THE_HEADER {
    @Override
    public void apply(List<String> lines, Random random) {
      String name =
          Nonsense.pick(
              List.of(
                  "rows",
                  "tokens",
                  "seed",
                  "size",
                  "trainingTokens",
                  "validationTokens",
                  "vocabularySize"),
              random);
      field(lines, random, name, Nonsense.digits(random));
    }
  },
  TEXT_OF_THE_HEADER {
    @Override
    public void apply(List<String> lines, Random random) {
      String name =
          Nonsense.pick(
              List.of("strategy", "name", "sha256", "checksum", "vocabularyFingerprint"), random);
      field(lines, random, name, Nonsense.json(random));
    }
  },
  PART_OF_THE_HEADER {
    @Override
    public void apply(List<String> lines, Random random) {
      String name = Nonsense.pick(List.of("options", "evaluation", "corpus", "sources"), random);
      String json = random.nextBoolean() ? Nonsense.json(random) : Nonsense.deep(random);
      field(lines, random, name, json);
    }
  },
  FIELD_MISSING {
    @Override
    public void apply(List<String> lines, Random random) {
      change(
          lines,
          random,
          line -> {
            Matcher fields = FIELD.matcher(line);
            int which = random.nextInt(1 + (int) fields.reset().results().count());
            fields.reset();
            for (int i = 0; i < which && fields.find(); i++) {
              // On to it.
            }
            return which == 0
                ? line
                : line.substring(0, fields.start()) + line.substring(fields.end());
          });
    }
  },
  FIELD_OF_ANOTHER_LINE {
    @Override
    public void apply(List<String> lines, Random random) {
      Matcher other = FIELD.matcher(Nonsense.pick(lines, random));
      if (other.find(0)) {
        String field = other.group();
        change(
            lines, random, line -> line.replaceFirst("\\{", "{" + Matcher.quoteReplacement(field)));
      }
    }
  },
  UNKNOWN_FIELD {
    @Override
    public void apply(List<String> lines, Random random) {
      change(
          lines,
          random,
          line -> line.replaceFirst("\\{", "{\"" + "x".repeat(random.nextInt(200)) + "\":1,"));
    }
  },
  LONG_LINE {
    @Override
    public void apply(List<String> lines, Random random) {
      String name = Nonsense.pick(List.of("provenance", "failure", "sha256"), random);
      field(lines, random, name, SafetensorsDraft.text(Nonsense.longText(random)));
    }
  };

  private static final Pattern FIELD =
      Pattern.compile("\"[A-Za-z]+\":(?:\"[^\"\\\\]*\"|[-0-9.E]+),");

  private static final List<String> REALS =
      List.of(
          "-1",
          "0",
          "-0.0",
          "1",
          "0.5",
          "1e308",
          "1.7e308",
          "1e999",
          "-1e999",
          "1e-999",
          "NaN",
          "Infinity",
          "\"1\"",
          "null",
          "true",
          "{}",
          "[]",
          "9223372036854775808",
          "1" + "0".repeat(400));

  private interface Change {
    String of(String line);
  }

  private static void change(List<String> lines, Random random, Change change) {
    if (!lines.isEmpty()) {
      int at = random.nextInt(lines.size());
      lines.set(at, change.of(lines.get(at)));
    }
  }

  private static String edited(String line, Random random) {
    StringBuilder json = new StringBuilder(line);
    Nonsense.pick(List.of(JsonEdit.values()), random).apply(json, random);
    return json.toString();
  }

  /** Gives a field another value, in one of the lines that have it. */
  private static void field(List<String> lines, Random random, String name, String value) {
    Pattern field =
        Pattern.compile(
            "\"%s\":(\"(?:[^\"\\\\]++|\\\\.)*+\"|\\[[^\\]]*\\]|\\{[^}]*\\}|[^,}\\]]*)"
                .formatted(name));
    List<Integer> having =
        java.util.stream.IntStream.range(0, lines.size())
            .filter(i -> lines.get(i).length() < 5_000 && field.matcher(lines.get(i)).find())
            .boxed()
            .toList();
    if (!having.isEmpty()) {
      int at = Nonsense.pick(having, random);
      String with = Matcher.quoteReplacement("\"" + name + "\":" + value);
      lines.set(at, field.matcher(lines.get(at)).replaceFirst(with));
    }
  }
}

package org.levin.hostile;

import java.util.List;
import java.util.Random;

/** What hostile JSON may do, whatever it is for. */
enum JsonEdit implements Edit<StringBuilder> {
  VALUE_OF_ANOTHER_KIND {
    @Override
    public void apply(StringBuilder json, Random random) {
      token(json, random).replace(Nonsense.json(random));
    }
  },
  /** Among them ids and sizes beyond everything. */
  NUMBER_THAT_IS_NONE {
    @Override
    public void apply(StringBuilder json, Random random) {
      Token token = token(json, random);
      for (int tries = 0; tries < 20 && !token.text().matches("-?\\d+"); tries++) {
        token = token(json, random);
      }
      token.replace(Nonsense.digits(random));
    }
  },
  TOKEN_OF_ANOTHER_PLACE {
    @Override
    public void apply(StringBuilder json, Random random) {
      String other = token(json, random).text();
      token(json, random).replace(other);
    }
  },
  TOKEN_MISSING {
    @Override
    public void apply(StringBuilder json, Random random) {
      token(json, random).replace("");
    }
  },
  PART_TWICE {
    @Override
    public void apply(StringBuilder json, Random random) {
      int from = random.nextInt(json.length() + 1);
      int to = Math.min(json.length(), from + random.nextInt(1, 300));
      json.insert(to, json.substring(from, to));
    }
  },
  PART_MISSING {
    @Override
    public void apply(StringBuilder json, Random random) {
      int from = random.nextInt(json.length() + 1);
      json.delete(from, Math.min(json.length(), from + random.nextInt(1, 100)));
    }
  },
  CUT_OFF {
    @Override
    public void apply(StringBuilder json, Random random) {
      json.setLength(random.nextInt(json.length() + 1));
    }
  },
  MORE_BEHIND {
    @Override
    public void apply(StringBuilder json, Random random) {
      json.append(random.nextBoolean() ? json.toString() : Nonsense.json(random));
    }
  },
  OTHER_CHARACTER {
    @Override
    public void apply(StringBuilder json, Random random) {
      if (!json.isEmpty()) {
        String characters = "{}[]\",:\\0123456789-eE.ab\ud800\udc00\0\n\u001b ";
        int at = random.nextInt(json.length());
        json.setCharAt(at, characters.charAt(random.nextInt(characters.length())));
      }
    }
  },
  VERY_DEEP {
    @Override
    public void apply(StringBuilder json, Random random) {
      token(json, random).replace(Nonsense.deep(random));
    }
  },
  LONG_TEXT {
    @Override
    public void apply(StringBuilder json, Random random) {
      token(json, random).replace(SafetensorsDraft.text(Nonsense.longText(random)));
    }
  },
  LONG_LIST {
    @Override
    public void apply(StringBuilder json, Random random) {
      String element = Nonsense.pick(List.of("\"a\"", "0", "{}", "[]", "null"), random);
      String more = ("," + element).repeat(random.nextInt(1, 2_000));
      token(json, random).replace("[" + element + more + "]");
    }
  },
  CLASS_NAME {
    @Override
    public void apply(StringBuilder json, Random random) {
      Token token = token(json, random);
      for (int tries = 0; tries < 20 && !token.text().startsWith("\""); tries++) {
        token = token(json, random);
      }
      token.replace('"' + Nonsense.CLASS + '"');
    }
  };

  private static final String BOUNDARIES = "{}[],:";

  /** A stretch without a bracket, comma or colon. */
  record Token(StringBuilder json, int from, int to) {
    String text() {
      return json.substring(from, to);
    }

    void replace(String text) {
      json.replace(from, to, text);
    }
  }

  private static Token token(StringBuilder json, Random random) {
    int at = random.nextInt(json.length() + 1);
    int from = at;
    while (from > 0 && BOUNDARIES.indexOf(json.charAt(from - 1)) < 0) {
      from--;
    }
    int to = at;
    while (to < json.length() && BOUNDARIES.indexOf(json.charAt(to)) < 0) {
      to++;
    }
    return new Token(json, from, to);
  }
}

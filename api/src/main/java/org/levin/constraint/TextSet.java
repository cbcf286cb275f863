package org.levin.constraint;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import java.util.TreeSet;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.automaton.Automata;
import org.apache.lucene.util.automaton.Automaton;
import org.apache.lucene.util.automaton.Operations;
import org.levin.internal.Arguments;
import org.levin.text.UnknownSymbolException;
import org.levin.text.Vocabulary;

/** A finite set of texts, at least one, each of whole characters. */
final class TextSet {
  private static final int MOST_BYTES = 64 << 20;

  /** In the order in which they were given, so that an error names the first. */
  private final SequencedSet<String> texts;

  private TextSet(SequencedSet<String> texts) {
    this.texts = texts;
  }

  static TextSet of(Collection<String> texts) {
    SequencedSet<String> set = new LinkedHashSet<>(texts);
    Arguments.require(
        !set.isEmpty(), "there must be at least one allowed text, but the collection is empty");
    for (String text : set) {
      Arguments.require(
          StandardCharsets.UTF_8.newEncoder().canEncode(text),
          "an allowed text must be well-formed Unicode, but %s holds half a surrogate pair",
          Constraint.quoted(text));
    }
    return new TextSet(set);
  }

  int size() {
    return texts.size();
  }

  /**
   * Checks that the vocabulary can write every text.
   *
   * @throws IllegalArgumentException if it lacks a symbol of one of them, or writes another text in
   *     its place
   */
  void requireWritableWith(Vocabulary vocabulary) {
    for (String text : texts) {
      String written = written(text, vocabulary);
      Arguments.require(
          written.equals(text),
          "the vocabulary cannot write the allowed text %s: what it writes is %s",
          Constraint.quoted(text),
          Constraint.quoted(written));
    }
  }

  private static String written(String text, Vocabulary vocabulary) {
    try {
      return vocabulary.decode(vocabulary.encode(text));
    } catch (UnknownSymbolException e) {
      throw new IllegalArgumentException(
          "the vocabulary cannot write the allowed text %s: it has no \"%s\", which is at position %d of the text (in code points, from 0); leave the text out, or take a vocabulary that has it"
              .formatted(Constraint.quoted(text), e.symbol(), e.position()),
          e);
    }
  }

  /**
   * Returns a deterministic automaton over the bytes of the texts in UTF-8.
   *
   * @throws IllegalArgumentException if it would be too large
   */
  Automaton automaton() {
    TreeSet<BytesRef> sorted = new TreeSet<>();
    List<Automaton> longTexts = new ArrayList<>();
    long bytes = 0;
    long bytesOfLongTexts = 0;
    for (String text : texts) {
      BytesRef utf8 = new BytesRef(text.getBytes(StandardCharsets.UTF_8));
      bytes += utf8.length;
      if (utf8.length <= Automata.MAX_STRING_UNION_TERM_LENGTH) {
        sorted.add(utf8);
      } else {
        bytesOfLongTexts += utf8.length;
        requireAtMost(PatternSize.LARGEST, bytesOfLongTexts, " in texts of more than 1000 bytes");
        longTexts.add(Automata.makeBinary(utf8));
      }
      requireAtMost(MOST_BYTES, bytes, "");
    }
    Automaton shortTexts = Automata.makeBinaryStringUnion(sorted);
    if (longTexts.isEmpty()) {
      return shortTexts;
    }
    longTexts.add(shortTexts);
    return PatternAutomaton.deterministic(Operations.union(longTexts));
  }

  private static void requireAtMost(int most, long bytes, String which) {
    Arguments.require(
        bytes <= most,
        "the allowed texts are too long together: they have more than %d bytes%s; allow fewer, or shorter ones",
        most,
        which);
  }
}

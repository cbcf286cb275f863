package org.levin.text;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.IntBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Gives every symbol of a text a number, its <em>id</em>, and back.
 *
 * <p>A symbol is a short string of bytes (the UTF-8 form of a character, or a single byte); ids are
 * {@code [0, size())}. A vocabulary never changes, so it may be shared between threads. Corpus
 * files and model files carry its {@link #fingerprint()}; two vocabularies with the same
 * fingerprint encode every text alike.
 *
 * <p>A vocabulary cuts a text without looking around: to encode the pieces of a text, cut between
 * any two code points, gives the ids of the whole. So a text of any length can be encoded piece by
 * piece.
 */
public interface Vocabulary {
  /** The {@link #type()} of a vocabulary of code points. */
  String CODE_POINTS = "code-points";

  /** The {@link #type()} of the vocabulary of the 256 bytes. */
  String BYTES = "bytes";

  /**
   * Returns the vocabulary of the code points of {@code text}, in increasing order of their
   * numbers.
   *
   * @throws IllegalArgumentException if the text is empty or holds half a surrogate pair
   */
  static Vocabulary codePointsOf(String text) {
    return CodePointVocabulary.sorted(text.codePoints());
  }

  /**
   * Returns the vocabulary of these code points, in increasing order whatever their order here; one
   * given twice counts once.
   *
   * @throws IllegalArgumentException if there is none, or one is a surrogate or no code point at
   *     all
   */
  static Vocabulary codePoints(int... codePoints) {
    return CodePointVocabulary.sorted(IntStream.of(codePoints));
  }

  /**
   * Returns the vocabulary of the 256 bytes; the id of a byte is its unsigned value, and every text
   * can be encoded.
   */
  static Vocabulary bytes() {
    return ByteVocabulary.INSTANCE;
  }

  /**
   * Returns the vocabulary that a file describes: these symbols, in this order.
   *
   * @param type {@link #CODE_POINTS} or {@link #BYTES}
   * @param symbols the bytes of every symbol, in the order of the ids; not modified
   * @throws IllegalArgumentException if the type is another, or a symbol is given twice or is not
   *     exactly one well-formed code point, or the bytes are not all 256 in order
   */
  static Vocabulary ofSymbols(String type, List<byte[]> symbols) {
    return switch (type) {
      case CODE_POINTS -> CodePointVocabulary.ordered(symbols);
      case BYTES -> ByteVocabulary.of(symbols);
      default ->
          throw new IllegalArgumentException(
              "the type of a vocabulary must be \"%s\" or \"%s\", but was \"%s\""
                  .formatted(CODE_POINTS, BYTES, type));
    };
  }

  /**
   * Returns the name under which files say how this vocabulary cuts a text; Levin's own are {@link
   * #CODE_POINTS} and {@link #BYTES}.
   */
  String type();

  /** Returns the number of symbols, at least 1. */
  int size();

  /**
   * Returns a new array with the bytes of a symbol. Throws {@link IndexOutOfBoundsException} for an
   * id outside {@code [0, size())}.
   */
  byte[] symbol(int id);

  /**
   * Encodes text until there is none left or the ids of the next symbol do not fit, as a {@link
   * java.nio.charset.CharsetEncoder} does; call it again with more of either. Symbols are written
   * whole.
   *
   * @param text the text from its position to its limit, where no surrogate pair may be cut; the
   *     position is moved behind what was encoded. Half a pair is a symbol that every vocabulary
   *     lacks
   * @param unknown what to do with a symbol that this vocabulary lacks
   * @param ids filled from its position on, which is moved
   * @throws UnknownSymbolException if the policy is {@link UnknownSymbols#error()} and a symbol is
   *     unknown; its position counts from the text's, and both buffers are in no particular state
   * @throws IllegalArgumentException if the policy replaces by a symbol that is itself unknown
   */
  void encode(CharBuffer text, UnknownSymbols unknown, IntBuffer ids);

  /**
   * Returns the ids of a text.
   *
   * @throws UnknownSymbolException if this vocabulary lacks a symbol of it
   */
  default int[] encode(String text) {
    return encode(text, UnknownSymbols.error());
  }

  /**
   * Returns the ids of a text.
   *
   * @param unknown what to do with a symbol that this vocabulary lacks
   * @throws UnknownSymbolException if the policy is {@link UnknownSymbols#error()} and a symbol is
   *     unknown
   * @throws IllegalArgumentException if the policy replaces by a symbol that is itself unknown
   */
  default int[] encode(String text, UnknownSymbols unknown) {
    // Started over when there were more ids than chars, so that the positions of errors count from
    // the start of the text.
    for (int room = Math.max(text.length(), 4); ; room = Math.multiplyExact(room, 2)) {
      CharBuffer chars = CharBuffer.wrap(text);
      IntBuffer ids = IntBuffer.allocate(room);
      encode(chars, unknown, ids);
      if (!chars.hasRemaining()) {
        return Arrays.copyOf(ids.array(), ids.position());
      }
    }
  }

  /**
   * Returns the text of {@code ids}; bytes that are no well-formed UTF-8 become U+FFFD.
   *
   * @throws IndexOutOfBoundsException if an id lies outside {@code [0, size())}
   */
  default String decode(int... ids) {
    TextDecoder decoder = decoder();
    StringBuilder text = new StringBuilder(ids.length);
    for (int id : ids) {
      text.append(decoder.append(id));
    }
    return text.append(decoder.finish()).toString();
  }

  /** Returns a new decoder that gives the text of ids as they come, one by one. */
  default TextDecoder decoder() {
    return new TextDecoder(this);
  }

  /**
   * Returns the id that stands before a text where nothing else does: the network needs something
   * to start from. It is that of the line break, or 0 if there is none.
   */
  default int startId() {
    int[] lineBreak = encode("\n", UnknownSymbols.skip());
    return lineBreak.length > 0 ? lineBreak[0] : 0;
  }

  /**
   * Returns a symbol as a reader of a table or a message wants it: {@code 'a'} for what can be
   * printed, {@code U+000A} for another code point, {@code 0xE9} for bytes that are none.
   *
   * @throws IndexOutOfBoundsException for an id outside {@code [0, size())}
   */
  default String display(int id) {
    return Symbols.display(symbol(id));
  }

  /**
   * Returns the lower-case hexadecimal SHA-256 over {@link #type()} and all symbols in order: what
   * makes two vocabularies the same.
   *
   * <p>The bytes digested: the type in UTF-8 and one zero byte; then for every symbol, in the order
   * of the ids, the number of its bytes as a big-endian {@code int} (4 bytes) and the bytes.
   */
  default String fingerprint() {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      sha256.update(type().getBytes(StandardCharsets.UTF_8));
      sha256.update((byte) 0);
      ByteBuffer length = ByteBuffer.allocate(Integer.BYTES);
      for (int id = 0; id < size(); id++) {
        byte[] symbol = symbol(id);
        sha256.update(length.clear().putInt(symbol.length).flip());
        sha256.update(symbol);
      }
      return HexFormat.of().formatHex(sha256.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }
}

package org.levin.internal;

/** Texts that come from a file, as a message may hold them. */
public final class Printable {
  private static final char SUBSTITUTE = '?';

  private Printable() {}

  /**
   * Returns the text, or its first {@code most} chars and three dots, with a question mark for what
   * a terminal would not show but obey: control characters, changes of direction, line separators,
   * halves of a surrogate pair.
   */
  public static String of(String text, int most) {
    if (text.length() > most) {
      return of(text.substring(0, most), most) + "...";
    }
    StringBuilder shown = new StringBuilder(text.length());
    text.codePoints()
        .map(codePoint -> isShown(codePoint) ? codePoint : SUBSTITUTE)
        .forEach(shown::appendCodePoint);
    return shown.toString();
  }

  private static boolean isShown(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          false;
      default -> true;
    };
  }
}

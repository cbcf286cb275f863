package org.levin.sampling;

/**
 * Symbols in order of a key, the lowest first and among equals the lower id: a heap, since seldom
 * more than the first few are asked for.
 */
final class Ranking {
  private final double[] key;
  private final int[] heap;
  private int size;

  private Ranking(double[] key, double[] probabilities) {
    this.key = key;
    this.heap = new int[key.length];
    for (int v = 0; v < key.length; v++) {
      if (probabilities[v] > 0) {
        heap[size++] = v;
      }
    }
    for (int i = size / 2 - 1; i >= 0; i--) {
      sift(i);
    }
  }

  /**
   * Bans all but the fewest symbols that rank first and whose probabilities sum to at least {@code
   * mass}.
   *
   * @param logits modified
   */
  static void keepMass(float[] logits, double[] probabilities, double[] key, double mass) {
    Ranking ranking = new Ranking(key, probabilities);
    double sum = 0;
    while (ranking.size > 0 && sum < mass) {
      sum += probabilities[ranking.removeFirst()];
    }
    for (int i = 0; i < ranking.size; i++) {
      logits[ranking.heap[i]] = Float.NEGATIVE_INFINITY;
    }
  }

  private int removeFirst() {
    int first = heap[0];
    heap[0] = heap[--size];
    sift(0);
    return first;
  }

  /** Moves a symbol down to where those below it rank after it. */
  private void sift(int start) {
    int symbol = heap[start];
    int at = start;
    while (2 * at + 1 < size) {
      int child = 2 * at + 1;
      if (child + 1 < size && isBefore(heap[child + 1], heap[child])) {
        child++;
      }
      if (!isBefore(heap[child], symbol)) {
        break;
      }
      heap[at] = heap[child];
      at = child;
    }
    heap[at] = symbol;
  }

  private boolean isBefore(int a, int b) {
    return key[a] < key[b] || key[a] == key[b] && a < b;
  }
}

package dev.codexlsp.core.patch;

import java.util.Arrays;

/// Finds the lines that two stretches of text have once each and in the same order. Keeps its
/// tables from one question to the next; confined to one [LineDiff].
final class Anchors {
  /// What all questions about one pair of texts may look at: each line this often. Texts that need
  /// more are shown coarser, not slower.
  private static final int LOOKS_PER_LINE = 64;

  private static final int NONE = -1;
  private static final int MANY = -2;

  private final int[] before;
  private final int[] after;

  /// For each word, the only place in the stretch, or [#NONE] or [#MANY].
  private final int[] placeOf;

  private final int[] newPlaceOf;
  private long looksLeft;

  Anchors(int[] before, int[] after, int words) {
    this.before = before;
    this.after = after;
    this.placeOf = filled(words);
    this.newPlaceOf = filled(words);
    this.looksLeft = (long) LOOKS_PER_LINE * (before.length + after.length);
  }

  /// Pairs of places, old and new in turn; none if there are none or the looks are used up.
  int[] between(int from, int to, int newFrom, int newTo) {
    looksLeft -= (to - from) + (newTo - newFrom);
    if (looksLeft < 0) {
      return new int[0];
    }
    count(before, from, to, placeOf);
    count(after, newFrom, newTo, newPlaceOf);
    int[] pairs = new int[2 * Math.min(to - from, newTo - newFrom)];
    int size = 0;
    for (int i = from; i < to; i++) {
      if (placeOf[before[i]] == i && newPlaceOf[before[i]] >= 0) {
        pairs[size++] = i;
        pairs[size++] = newPlaceOf[before[i]];
      }
    }
    forget(before, from, to, placeOf);
    forget(after, newFrom, newTo, newPlaceOf);
    return rising(Arrays.copyOf(pairs, size));
  }

  private static int[] filled(int words) {
    int[] places = new int[words];
    Arrays.fill(places, NONE);
    return places;
  }

  private static void count(int[] text, int from, int to, int[] places) {
    for (int i = from; i < to; i++) {
      places[text[i]] = places[text[i]] == NONE ? i : MANY;
    }
  }

  private static void forget(int[] text, int from, int to, int[] places) {
    for (int i = from; i < to; i++) {
      places[text[i]] = NONE;
    }
  }

  /// The longest choice of pairs whose new places rise as their old ones do, by patience sorting.
  private static int[] rising(int[] pairs) {
    int count = pairs.length / 2;
    int[] topOfPile = new int[count];
    int[] previous = new int[count];
    int piles = 0;
    for (int i = 0; i < count; i++) {
      int low = 0;
      int high = piles;
      while (low < high) {
        int middle = (low + high) >>> 1;
        if (pairs[2 * topOfPile[middle] + 1] < pairs[2 * i + 1]) {
          low = middle + 1;
        } else {
          high = middle;
        }
      }
      previous[i] = low == 0 ? NONE : topOfPile[low - 1];
      topOfPile[low] = i;
      piles = Math.max(piles, low + 1);
    }
    int[] chosen = new int[2 * piles];
    int pair = piles == 0 ? NONE : topOfPile[piles - 1];
    for (int i = piles - 1; i >= 0; i--) {
      chosen[2 * i] = pairs[2 * pair];
      chosen[2 * i + 1] = pairs[2 * pair + 1];
      pair = previous[pair];
    }
    return chosen;
  }
}

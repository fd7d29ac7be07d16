package dev.codexlsp.core.patch;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Where the lines that a patch asks for stand in a file, for one [Likeness]. Built in one walk
/// over the file; a search then looks only at the places of the rarest line of its pattern, and at
/// each of them for a constant time.
final class LineIndex {
  /// Any odd number does; a collision costs a comparison, never a wrong answer.
  private static final long HASH_BASE = 0x9E37_79B9_7F4A_7C15L;

  private final Likeness likeness;
  private final Map<String, Integer> wordOf = new HashMap<>();

  /// The word of each line; 0 is any line that the patch does not ask for.
  private final int[] words;

  /// The hash of all words before a line.
  private final long[] hashes;

  /// The places of word `w` are `places[firstPlace[w]]` up to `places[firstPlace[w + 1] - 1]`.
  private final int[] places;

  private final int[] firstPlace;

  LineIndex(List<String> lines, Set<String> wanted, Likeness likeness) {
    this.likeness = likeness;
    for (String line : wanted) {
      wordOf.putIfAbsent(likeness.form(line), wordOf.size() + 1);
    }
    words = new int[lines.size()];
    hashes = new long[lines.size() + 1];
    firstPlace = new int[wordOf.size() + 2];
    int i = 0;
    for (String line : lines) {
      words[i] = wordOf.getOrDefault(likeness.form(line), 0);
      hashes[i + 1] = hashes[i] * HASH_BASE + words[i];
      firstPlace[words[i] + 1]++;
      i++;
    }
    Arrays.parallelPrefix(firstPlace, Integer::sum);
    places = new int[words.length];
    int[] free = firstPlace.clone();
    for (int place = 0; place < words.length; place++) {
      places[free[words[place]]++] = place;
    }
  }

  /// The first place from the given line on where the pattern stands, or -1.
  int find(List<String> pattern, int from) {
    int[] wanted = words(pattern);
    if (wanted.length == 0) {
      return from;
    }
    int rarest = 0;
    for (int i = 1; i < wanted.length; i++) {
      if (count(wanted[i]) < count(wanted[rarest])) {
        rarest = i;
      }
    }
    long hash = 0;
    long power = 1;
    for (int word : wanted) {
      hash = hash * HASH_BASE + word;
      power *= HASH_BASE;
    }
    int end = firstPlace[wanted[rarest] + 1];
    for (int p = firstPlaceFrom(wanted[rarest], from + rarest); p < end; p++) {
      int start = places[p] - rarest;
      int stop = start + wanted.length;
      if (stop > words.length) {
        return -1;
      }
      if (hashes[stop] - hashes[start] * power == hash
          && Arrays.equals(words, start, stop, wanted, 0, wanted.length)) {
        return start;
      }
    }
    return -1;
  }

  /// Where the line stands, in order.
  int[] places(String line) {
    int word = wordOf.getOrDefault(likeness.form(line), 0);
    return word == 0
        ? new int[0]
        : Arrays.copyOfRange(places, firstPlace[word], firstPlace[word + 1]);
  }

  private int[] words(List<String> pattern) {
    int[] found = new int[pattern.size()];
    Arrays.setAll(found, i -> wordOf.get(likeness.form(pattern.get(i))));
    return found;
  }

  private int count(int word) {
    return firstPlace[word + 1] - firstPlace[word];
  }

  private int firstPlaceFrom(int word, int line) {
    int found = Arrays.binarySearch(places, firstPlace[word], firstPlace[word + 1], line);
    return found < 0 ? -found - 1 : found;
  }
}

package dev.codexlsp.core.patch;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Which lines of a text went and which came: common starts and ends, then lines that both sides
/// have once as anchors, then a small table for what lies between. Near-linear; a stretch that is
/// too large for the table is shown as replaced. Confined to one call.
final class LineDiff {
  /// Cells of one table: stretches of about 256 lines.
  private static final int TABLE_LIMIT = 1 << 16;

  private final int[] before;
  private final int[] after;
  private final boolean[] removed;
  private final boolean[] added;
  private final Deque<Stretch> open = new ArrayDeque<>();

  /// Lines of both sides that are still to be compared.
  private record Stretch(int from, int to, int newFrom, int newTo) {}

  private LineDiff(int[] before, int[] after) {
    this.before = before;
    this.after = after;
    this.removed = new boolean[before.length];
    this.added = new boolean[after.length];
  }

  static LineDiff between(List<String> before, List<String> after) {
    Map<String, Integer> words = new HashMap<>();
    LineDiff diff = new LineDiff(words(before, words), words(after, words));
    diff.open.push(new Stretch(0, before.size(), 0, after.size()));
    Anchors anchors = new Anchors(diff.before, diff.after, words.size());
    while (!diff.open.isEmpty()) {
      diff.compare(diff.open.pop(), anchors);
    }
    return diff;
  }

  boolean isRemoved(int line) {
    return removed[line];
  }

  boolean isAdded(int newLine) {
    return added[newLine];
  }

  private static int[] words(List<String> lines, Map<String, Integer> words) {
    int[] found = new int[lines.size()];
    int i = 0;
    for (String line : lines) {
      Integer known = words.putIfAbsent(line, words.size());
      found[i++] = known == null ? words.size() - 1 : known;
    }
    return found;
  }

  private void compare(Stretch whole, Anchors anchors) {
    Stretch rest = withoutCommonEnds(whole);
    int lines = rest.to - rest.from;
    int newLines = rest.newTo - rest.newFrom;
    if (lines == 0 || newLines == 0) {
      replace(rest);
      return;
    }
    int[] pairs = anchors.between(rest.from, rest.to, rest.newFrom, rest.newTo);
    if (pairs.length > 0) {
      int from = rest.from;
      int newFrom = rest.newFrom;
      for (int i = 0; i < pairs.length; i += 2) {
        open.push(new Stretch(from, pairs[i], newFrom, pairs[i + 1]));
        from = pairs[i] + 1;
        newFrom = pairs[i + 1] + 1;
      }
      open.push(new Stretch(from, rest.to, newFrom, rest.newTo));
    } else if ((long) lines * newLines <= TABLE_LIMIT) {
      table(rest);
    } else {
      replace(rest);
    }
  }

  private Stretch withoutCommonEnds(Stretch whole) {
    int from = whole.from;
    int newFrom = whole.newFrom;
    while (from < whole.to && newFrom < whole.newTo && before[from] == after[newFrom]) {
      from++;
      newFrom++;
    }
    int to = whole.to;
    int newTo = whole.newTo;
    while (to > from && newTo > newFrom && before[to - 1] == after[newTo - 1]) {
      to--;
      newTo--;
    }
    return new Stretch(from, to, newFrom, newTo);
  }

  private void replace(Stretch stretch) {
    Arrays.fill(removed, stretch.from, stretch.to, true);
    Arrays.fill(added, stretch.newFrom, stretch.newTo, true);
  }

  /// The longest common sequence of a small stretch.
  private void table(Stretch stretch) {
    int lines = stretch.to - stretch.from;
    int newLines = stretch.newTo - stretch.newFrom;
    int[][] longest = new int[lines + 1][newLines + 1];
    for (int i = lines - 1; i >= 0; i--) {
      for (int j = newLines - 1; j >= 0; j--) {
        longest[i][j] =
            before[stretch.from + i] == after[stretch.newFrom + j]
                ? longest[i + 1][j + 1] + 1
                : Math.max(longest[i + 1][j], longest[i][j + 1]);
      }
    }
    int i = 0;
    int j = 0;
    while (i < lines && j < newLines) {
      if (before[stretch.from + i] == after[stretch.newFrom + j]) {
        i++;
        j++;
      } else if (longest[i + 1][j] >= longest[i][j + 1]) {
        removed[stretch.from + i++] = true;
      } else {
        added[stretch.newFrom + j++] = true;
      }
    }
    replace(new Stretch(stretch.from + i, stretch.to, stretch.newFrom + j, stretch.newTo));
  }
}

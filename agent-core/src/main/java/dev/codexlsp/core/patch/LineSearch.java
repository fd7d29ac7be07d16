package dev.codexlsp.core.patch;

import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Looks for the lines of a patch in one file: first as they are, then ever more forgiving, each
/// time through the whole rest of the file. Confined to one plan.
final class LineSearch {
  private final List<String> lines;
  private final Set<String> wanted = new HashSet<>();
  private final Map<Likeness, LineIndex> indexes = new EnumMap<>(Likeness.class);

  /// @param chunks everything that will be looked for
  LineSearch(List<String> lines, List<Chunk> chunks) {
    this.lines = lines;
    for (Chunk chunk : chunks) {
      if (chunk.context() != null) {
        wanted.add(chunk.context());
      }
      chunk.lines().stream().filter(ChunkLine::isOld).forEach(line -> wanted.add(line.text()));
    }
  }

  List<String> lines() {
    return lines;
  }

  /// The first place from the given line on, or -1.
  int find(List<String> pattern, int from) {
    for (Likeness likeness : Likeness.values()) {
      int found = index(likeness).find(pattern, from);
      if (found >= 0) {
        return found;
      }
    }
    return -1;
  }

  /// The place at the very end of the file, or -1 if that is before the given line or differs.
  int findAtEnd(List<String> pattern, int from) {
    int start = lines.size() - pattern.size();
    if (start < from) {
      return -1;
    }
    List<String> end = lines.subList(start, lines.size());
    for (Likeness likeness : Likeness.values()) {
      if (areAlike(end, pattern, likeness)) {
        return start;
      }
    }
    return -1;
  }

  LineIndex index(Likeness likeness) {
    return indexes.computeIfAbsent(likeness, wish -> new LineIndex(lines, wanted, wish));
  }

  private static boolean areAlike(List<String> some, List<String> others, Likeness likeness) {
    for (int i = 0; i < some.size(); i++) {
      if (!likeness.form(some.get(i)).equals(likeness.form(others.get(i)))) {
        return false;
      }
    }
    return true;
  }
}

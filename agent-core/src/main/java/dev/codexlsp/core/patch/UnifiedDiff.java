package dev.codexlsp.core.patch;

import java.util.ArrayList;
import java.util.List;

/// Writes the difference of two texts as the hunks of a unified diff. Confined to one call.
final class UnifiedDiff {
  private final List<String> before;
  private final List<String> after;
  private final StringBuilder out = new StringBuilder();

  /// Lines of both sides that stand for each other and differ.
  private record Change(int from, int to, int newFrom, int newTo) {}

  private UnifiedDiff(List<String> before, List<String> after) {
    this.before = before;
    this.after = after;
  }

  /// The hunks, without a file header; nothing for equal texts.
  static String between(String before, String after, int contextLines) {
    if (before.equals(after)) {
      return "";
    }
    UnifiedDiff diff = new UnifiedDiff(lines(before), lines(after));
    List<Change> changes = diff.changes();
    int first = 0;
    for (int i = 1; i <= changes.size(); i++) {
      if (i == changes.size() || changes.get(i).from - changes.get(i - 1).to > 2 * contextLines) {
        diff.hunk(changes.subList(first, i), contextLines);
        first = i;
      }
    }
    return diff.out.toString();
  }

  /// Each line with its ending. Only line feeds end lines here: a diff is read by others.
  private static List<String> lines(String text) {
    List<String> lines = new ArrayList<>();
    int start = 0;
    while (start < text.length()) {
      int feed = text.indexOf('\n', start);
      int end = feed < 0 ? text.length() : feed + 1;
      lines.add(text.substring(start, end));
      start = end;
    }
    return lines;
  }

  private List<Change> changes() {
    LineDiff diff = LineDiff.between(before, after);
    List<Change> changes = new ArrayList<>();
    int line = 0;
    int newLine = 0;
    while (line < before.size() || newLine < after.size()) {
      int from = line;
      int newFrom = newLine;
      while (line < before.size() && diff.isRemoved(line)) {
        line++;
      }
      while (newLine < after.size() && diff.isAdded(newLine)) {
        newLine++;
      }
      if (line == from && newLine == newFrom) {
        line++;
        newLine++;
      } else {
        changes.add(new Change(from, line, newFrom, newLine));
      }
    }
    return changes;
  }

  private void hunk(List<Change> changes, int contextLines) {
    int lead = Math.min(contextLines, changes.getFirst().from);
    int trail = Math.min(contextLines, before.size() - changes.getLast().to);
    int from = changes.getFirst().from - lead;
    int to = changes.getLast().to + trail;
    out.append("@@ -");
    range(from, to);
    out.append(" +");
    range(changes.getFirst().newFrom - lead, changes.getLast().newTo + trail);
    out.append(" @@\n");
    int line = from;
    for (Change change : changes) {
      write(' ', before, line, change.from);
      write('-', before, change.from, change.to);
      write('+', after, change.newFrom, change.newTo);
      line = change.to;
    }
    write(' ', before, line, to);
  }

  private void range(int from, int to) {
    // An empty range is named by the line before it.
    out.append(from == to ? from : from + 1);
    if (to - from != 1) {
      out.append(',').append(to - from);
    }
  }

  private void write(char sign, List<String> lines, int from, int to) {
    for (String line : lines.subList(from, to)) {
      out.append(sign).append(line);
      if (!line.endsWith("\n")) {
        out.append("\n\\ No newline at end of file\n");
      }
    }
  }
}

package dev.codexlsp.core.patch;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One place of a file and what changes there.
///
/// @param context a line after which the place is looked for
/// @param atEnd whether the old lines must be the last ones of the file
public record Chunk(@Nullable String context, List<ChunkLine> lines, boolean atEnd) {
  public Chunk {
    lines = List.copyOf(lines);
  }

  /// The lines that the file must hold.
  List<String> oldLines() {
    return lines.stream().filter(ChunkLine::isOld).map(ChunkLine::text).toList();
  }

  /// Whether it only adds lines.
  boolean isInsertion() {
    return lines.stream().noneMatch(ChunkLine::isOld);
  }

  boolean endsWithBlankOldLine() {
    int last = lastOld(lines);
    return last >= 0 && lines.get(last).text().isEmpty();
  }

  /// The chunk without the blank line that models put behind it, on the old side and, where there
  /// is one, on the new side.
  Chunk withoutTrailingBlank() {
    List<ChunkLine> rest = new ArrayList<>(lines);
    int last = lastOld(rest);
    int lastNew = lastNew(rest);
    boolean isNewBlank = lastNew >= 0 && rest.get(lastNew).text().isEmpty();
    if (last == lastNew) {
      rest.remove(last);
    } else {
      // The later one goes first, so that the index of the other one stays true.
      if (isNewBlank && lastNew > last) {
        rest.remove(lastNew);
      }
      dropOld(rest, last);
      if (isNewBlank && lastNew < last) {
        rest.set(lastNew, new ChunkLine(ChunkLine.Kind.REMOVED, ""));
      }
    }
    return new Chunk(context, rest, atEnd);
  }

  private static void dropOld(List<ChunkLine> lines, int index) {
    if (lines.get(index).isNew()) {
      lines.set(index, new ChunkLine(ChunkLine.Kind.ADDED, ""));
    } else {
      lines.remove(index);
    }
  }

  private static int lastOld(List<ChunkLine> lines) {
    int i = lines.size() - 1;
    while (i >= 0 && !lines.get(i).isOld()) {
      i--;
    }
    return i;
  }

  private static int lastNew(List<ChunkLine> lines) {
    int i = lines.size() - 1;
    while (i >= 0 && !lines.get(i).isNew()) {
      i--;
    }
    return i;
  }
}

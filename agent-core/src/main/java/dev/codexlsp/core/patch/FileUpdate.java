package dev.codexlsp.core.patch;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Applies the chunks of one update to the text of one file. Confined to one call.
final class FileUpdate {
  private final Path path;
  private final LineSearch search;
  private final List<Splice> splices = new ArrayList<>();

  /// Only forward: a chunk stands behind the ones before it.
  private int cursor;

  private FileUpdate(Path path, LineSearch search) {
    this.path = path;
    this.search = search;
  }

  /// The new text.
  ///
  /// @param path for errors
  static String apply(Path path, String text, List<Chunk> chunks) throws PatchException {
    FileText file = FileText.of(text, chunks.stream().anyMatch(FileUpdate::namesMark));
    FileUpdate update = new FileUpdate(path, new LineSearch(file.lines(), chunks));
    for (Chunk chunk : chunks) {
      update.place(chunk);
    }
    // Stable: what is put in at one place stays in the order of the patch.
    update.splices.sort(Comparator.comparingInt(Splice::start));
    return file.with(update.splices);
  }

  /// A patch that spells the byte order mark out means to change it.
  private static boolean namesMark(Chunk chunk) {
    return chunk.lines().stream().anyMatch(line -> FileText.hasMark(line.text()));
  }

  private void place(Chunk chunk) throws PatchException {
    if (chunk.context() != null) {
      int found = search.find(List.of(chunk.context()), cursor);
      if (found < 0) {
        throw new PatchException(
            NearestMatch.contextMissing(path, search, chunk.context(), cursor));
      }
      cursor = found + 1;
    }
    Chunk fitting = chunk;
    // What only adds goes to the end of the file, whatever the context.
    int found = chunk.isInsertion() ? search.lines().size() : find(chunk);
    if (found < 0 && chunk.endsWithBlankOldLine()) {
      fitting = chunk.withoutTrailingBlank();
      found = find(fitting);
    }
    if (found < 0) {
      throw new PatchException(NearestMatch.linesMissing(path, search, chunk, cursor));
    }
    int end = splice(fitting, found);
    cursor = fitting.isInsertion() ? cursor : end;
  }

  private int find(Chunk chunk) {
    List<String> wanted = chunk.oldLines();
    return chunk.atEnd() ? search.findAtEnd(wanted, cursor) : search.find(wanted, cursor);
  }

  /// Notes what the chunk changes from the given line on. Context stays as the file has it, however
  /// the patch spells it. Returns the line behind the chunk.
  private int splice(Chunk chunk, int start) {
    int line = start;
    int removed = 0;
    List<String> added = new ArrayList<>();
    for (ChunkLine wanted : chunk.lines()) {
      switch (wanted.kind()) {
        case ADDED -> added.add(wanted.text());
        case REMOVED -> removed++;
        case CONTEXT -> {
          note(line, removed, added);
          line += removed + 1;
          removed = 0;
          added.clear();
        }
      }
    }
    note(line, removed, added);
    return line + removed;
  }

  private void note(int start, int removed, List<String> added) {
    if (removed > 0 || !added.isEmpty()) {
      splices.add(new Splice(start, removed, added));
    }
  }
}

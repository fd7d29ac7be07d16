package dev.codexlsp.core.patch;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads the chunks of one updated file.
final class ChunkParser {
  private static final String CONTEXT = "@@";
  private static final String END_OF_FILE = "*** End of File";

  private final List<String> lines;
  private final List<Chunk> chunks = new ArrayList<>();
  private int next;

  ChunkParser(List<String> lines, int next) {
    this.lines = lines;
    this.next = next;
  }

  /// Where the chunks ended.
  int next() {
    return next;
  }

  List<Chunk> chunks() throws PatchException {
    while (!isOver()) {
      String line = WhiteSpace.trimEnd(lines.get(next));
      if (line.equals(CONTEXT) || line.startsWith(CONTEXT + " ")) {
        next++;
        chunks.add(chunk(line.equals(CONTEXT) ? null : line.substring(CONTEXT.length() + 1)));
      } else if (chunks.isEmpty() && line.equals(END_OF_FILE)) {
        // It ends nothing yet.
        next++;
      } else if (chunks.isEmpty()) {
        // Models leave the mark of the first chunk out.
        chunks.add(chunk(null));
      } else if (line.isEmpty() && chunks.getLast().atEnd()) {
        next++;
      } else {
        throw PatchParser.at(
            next, "a chunk must start with '@@', but this line is '" + lines.get(next) + "'");
      }
    }
    return chunks;
  }

  private boolean isOver() {
    if (next == lines.size()) {
      return true;
    }
    String line = WhiteSpace.trimEnd(lines.get(next));
    return PatchParser.isHeader(line) || line.equals(PatchEnvelope.END);
  }

  private Chunk chunk(@Nullable String context) throws PatchException {
    List<ChunkLine> found = new ArrayList<>();
    boolean atEnd = false;
    while (next < lines.size() && !atEnd) {
      ChunkLine line = line(lines.get(next));
      if (line != null) {
        found.add(line);
      } else if (WhiteSpace.trimEnd(lines.get(next)).equals(END_OF_FILE)) {
        atEnd = true;
      } else if (found.isEmpty() && !lines.get(next).equals(PatchEnvelope.END)) {
        throw PatchParser.at(
            next,
            "unexpected line '%s': a line of an update starts with ' ', '+' or '-'"
                .formatted(lines.get(next)));
      } else {
        break;
      }
      next++;
    }
    if (found.isEmpty()) {
      throw PatchParser.at(atEnd ? next - 1 : next, "the chunk has no lines");
    }
    return new Chunk(context, found, atEnd);
  }

  private static @Nullable ChunkLine line(String line) {
    if (line.isEmpty()) {
      // Editors and models strip the single space of an empty context line.
      return new ChunkLine(ChunkLine.Kind.CONTEXT, "");
    }
    return switch (line.charAt(0)) {
      case ' ' -> new ChunkLine(ChunkLine.Kind.CONTEXT, line.substring(1));
      case '+' -> new ChunkLine(ChunkLine.Kind.ADDED, line.substring(1));
      case '-' -> new ChunkLine(ChunkLine.Kind.REMOVED, line.substring(1));
      default -> null;
    };
  }
}

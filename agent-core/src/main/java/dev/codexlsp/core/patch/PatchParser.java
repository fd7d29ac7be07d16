package dev.codexlsp.core.patch;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads the text of a patch, one line after the other, as leniently as models are used to.
public final class PatchParser {
  /// No patch is longer.
  public static final int LIMIT_CHARS = 16 * 1024 * 1024;

  private static final String ENVIRONMENT = "*** Environment ID:";
  private static final String ADD = "*** Add File: ";
  private static final String DELETE = "*** Delete File: ";
  private static final String UPDATE = "*** Update File: ";
  private static final String MOVE = "*** Move to: ";

  private final List<String> lines;
  private int next;

  private PatchParser(PatchEnvelope envelope) {
    this.lines = envelope.body();
  }

  /// Never throws: what is wrong with the text is the result.
  public static ParseResult parse(String text) {
    if (text.length() > LIMIT_CHARS) {
      return new ParseResult.Malformed(0, "longer than " + LIMIT_CHARS + " characters");
    }
    try {
      return new ParseResult.Parsed(new PatchParser(PatchEnvelope.open(text)).patch());
    } catch (PatchException e) {
      return new ParseResult.Malformed(e.line(), e.reason());
    }
  }

  private Patch patch() throws PatchException {
    String environment = environment();
    List<FileOperation> operations = new ArrayList<>();
    while (next < lines.size() && !isOver()) {
      operations.add(operation());
    }
    return new Patch(environment, operations);
  }

  private @Nullable String environment() throws PatchException {
    String found = null;
    while (next < lines.size() && WhiteSpace.trim(lines.get(next)).startsWith(ENVIRONMENT)) {
      if (found != null) {
        throw new PatchException("the environment is named more than once");
      }
      found = WhiteSpace.trim(WhiteSpace.trim(lines.get(next++)).substring(ENVIRONMENT.length()));
      if (found.isEmpty()) {
        throw new PatchException("the environment has no name");
      }
    }
    return found;
  }

  /// The end may be marked twice, but nothing may stand between the marks: it would be lost.
  private boolean isOver() throws PatchException {
    if (!isEnd(lines.get(next))) {
      return false;
    }
    for (String line : lines.subList(next, lines.size())) {
      if (!isEnd(line) && !WhiteSpace.trim(line).isEmpty()) {
        throw new PatchException("'" + PatchEnvelope.END + "' must be the last line");
      }
    }
    return true;
  }

  private static boolean isEnd(String line) {
    return WhiteSpace.trim(line).equals(PatchEnvelope.END);
  }

  private FileOperation operation() throws PatchException {
    int start = next;
    String header = WhiteSpace.trim(lines.get(next++));
    if (header.startsWith(ADD)) {
      return new FileOperation.Add(header.substring(ADD.length()), content());
    }
    if (header.startsWith(DELETE)) {
      return new FileOperation.Delete(header.substring(DELETE.length()));
    }
    if (header.startsWith(UPDATE)) {
      return update(start, header.substring(UPDATE.length()));
    }
    throw at(
        start,
        "'%s' is not a valid hunk header; valid are '%s{path}', '%s{path}', '%s{path}'"
            .formatted(header, ADD, DELETE, UPDATE));
  }

  private String content() {
    StringBuilder content = new StringBuilder();
    while (next < lines.size() && lines.get(next).startsWith("+")) {
      content.append(lines.get(next).substring(1)).append('\n');
      next++;
    }
    return content.toString();
  }

  private FileOperation.Update update(int start, String path) throws PatchException {
    String moveTo = null;
    String line = next < lines.size() ? WhiteSpace.trimEnd(lines.get(next)) : "";
    if (line.startsWith(MOVE)) {
      moveTo = line.substring(MOVE.length());
      next++;
    }
    ChunkParser chunks = new ChunkParser(lines, next);
    List<Chunk> found = chunks.chunks();
    next = chunks.next();
    if (found.isEmpty()) {
      throw at(start, "the update of '" + path + "' is empty");
    }
    return new FileOperation.Update(path, moveTo, found);
  }

  /// Whether another file begins here.
  static boolean isHeader(String line) {
    return line.startsWith(ADD) || line.startsWith(DELETE) || line.startsWith(UPDATE);
  }

  /// The marker that begins the patch is its line 1.
  static PatchException at(int index, String reason) {
    return new PatchException(index + 2, reason);
  }
}

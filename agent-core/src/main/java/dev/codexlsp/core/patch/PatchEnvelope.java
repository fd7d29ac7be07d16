package dev.codexlsp.core.patch;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// The lines between the marks that begin and end a patch, once all wrapping is off.
///
/// @param body what stands between the two marks
record PatchEnvelope(List<String> body) {
  static final String BEGIN = "*** Begin Patch";
  static final String END = "*** End Patch";

  private static final Set<String> HEREDOC_STARTS = Set.of("<<EOF", "<<'EOF'", "<<\"EOF\"");
  private static final int SHORTEST_HEREDOC = 4;

  /// Blanks around the patch and around its marks do not count, nor does a here-document that the
  /// model has left around it.
  static PatchEnvelope open(String text) throws PatchException {
    List<String> lines = lines(WhiteSpace.trim(text));
    if (lines.size() >= SHORTEST_HEREDOC
        && HEREDOC_STARTS.contains(lines.getFirst())
        && lines.getLast().endsWith("EOF")) {
      lines = lines.subList(1, lines.size() - 1);
    }
    boolean isEmpty = lines.size() == 1 && lines.getFirst().isEmpty();
    if (!isEmpty && !WhiteSpace.trim(lines.getFirst()).equals(BEGIN)) {
      throw new PatchException("the first line must be '" + BEGIN + "'");
    }
    if (lines.size() < 2 || !WhiteSpace.trim(lines.getLast()).equals(END)) {
      throw new PatchException("the last line must be '" + END + "'");
    }
    return new PatchEnvelope(lines.subList(1, lines.size() - 1));
  }

  private static List<String> lines(String text) {
    List<String> lines = new ArrayList<>();
    int start = 0;
    while (start <= text.length()) {
      int feed = text.indexOf('\n', start);
      int next = feed < 0 ? text.length() : feed;
      int end = next;
      // A patch may come with the line endings of the file it is for.
      while (end > start && text.charAt(end - 1) == '\r') {
        end--;
      }
      lines.add(text.substring(start, end));
      start = next + 1;
    }
    return lines;
  }
}

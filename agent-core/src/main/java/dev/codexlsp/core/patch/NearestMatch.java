package dev.codexlsp.core.patch;

import java.nio.file.Path;
import java.util.List;

/// Says why lines were not found and what comes nearest to them, so that the model can mend its
/// patch without reading the file again. Takes one walk over the file.
final class NearestMatch {
  /// What a message repeats of the patch, or of one line of the file, at most.
  static final int LIMIT_CHARS = 4000;

  /// A line at more places than this is too common to tell where a chunk belongs.
  private static final int TELLING_PLACES = 1000;

  /// Two lines with a smaller share of common characters at their ends are not called similar.
  private static final double LEAST_SIMILARITY = 0.5;

  private NearestMatch() {}

  static String contextMissing(Path path, LineSearch search, String context, int cursor) {
    return "Failed to find context '%s' in %s\n%s"
        .formatted(shortened(context), path, note(search, List.of(context), cursor));
  }

  static String linesMissing(Path path, LineSearch search, Chunk chunk, int cursor) {
    List<String> lines = chunk.oldLines();
    return "Failed to find expected lines in %s:\n%s\n%s"
        .formatted(path, shortened(String.join("\n", lines)), note(search, lines, cursor));
  }

  private static String note(LineSearch search, List<String> wanted, int cursor) {
    LineIndex index = search.index(Likeness.PLAIN);
    int ahead = index.find(wanted, cursor);
    if (ahead >= 0) {
      return "They stand at line %d, but the chunk is marked as the end of the file"
          .formatted(ahead + 1);
    }
    int behind = index.find(wanted, 0);
    if (behind >= 0) {
      return "Found at line %d, but the patch has already passed line %d: chunks go down the file"
          .formatted(behind + 1, cursor);
    }
    int[] agreeing = agreeing(index, wanted, search.lines().size());
    int best = 0;
    for (int i = 1; i < agreeing.length; i++) {
      if (agreeing[i] > agreeing[best]) {
        best = i;
      }
    }
    return agreeing[best] == 0
        ? similar(search.lines(), wanted)
        : partial(search.lines(), wanted, best - wanted.size(), agreeing[best]);
  }

  /// How many of the wanted lines would be right, for each place where they could begin. The first
  /// place is as many lines before the file as are wanted.
  private static int[] agreeing(LineIndex index, List<String> wanted, int fileLines) {
    int[] agreeing = new int[fileLines + wanted.size()];
    for (int i = 0; i < wanted.size(); i++) {
      int[] places = index.places(wanted.get(i));
      if (places.length <= TELLING_PLACES) {
        for (int place : places) {
          agreeing[place - i + wanted.size()]++;
        }
      }
    }
    return agreeing;
  }

  private static String partial(List<String> lines, List<String> wanted, int start, int agreeing) {
    int i = 0;
    while (isAlike(lines, start + i, wanted.get(i))) {
      i++;
    }
    int line = start + i;
    String found =
        line < 0
            ? "the file begins after it"
            : line >= lines.size()
                ? "the file ends before line " + (line + 1)
                : "line " + (line + 1) + " is '" + shortened(lines.get(line)) + "'";
    return "Nearest match at line %d, where %d of %d lines agree: '%s' was expected, but %s"
        .formatted(
            Math.max(start, 0) + 1, agreeing, wanted.size(), shortened(wanted.get(i)), found);
  }

  private static boolean isAlike(List<String> lines, int line, String wanted) {
    return line >= 0
        && line < lines.size()
        && Likeness.PLAIN.form(lines.get(line)).equals(Likeness.PLAIN.form(wanted));
  }

  /// No line is right; perhaps one is nearly so.
  private static String similar(List<String> lines, List<String> wanted) {
    String first =
        wanted.stream()
            .map(Likeness.PLAIN::form)
            .filter(line -> !line.isEmpty())
            .findFirst()
            .orElse("");
    int best = -1;
    double most = LEAST_SIMILARITY;
    for (int i = 0; i < lines.size(); i++) {
      double similarity = similarity(Likeness.PLAIN.form(lines.get(i)), first);
      if (similarity > most) {
        best = i;
        most = similarity;
      }
    }
    return best < 0
        ? "No line of the file comes near"
        : "Nearest match at line %d: '%s'".formatted(best + 1, shortened(lines.get(best)));
  }

  private static double similarity(String some, String other) {
    int shorter = Math.min(some.length(), other.length());
    int start = 0;
    while (start < shorter && some.charAt(start) == other.charAt(start)) {
      start++;
    }
    int end = 0;
    while (end < shorter - start
        && some.charAt(some.length() - 1 - end) == other.charAt(other.length() - 1 - end)) {
      end++;
    }
    return (double) (start + end) / Math.max(1, Math.max(some.length(), other.length()));
  }

  private static String shortened(String text) {
    if (text.length() <= LIMIT_CHARS) {
      return text;
    }
    int end =
        Character.isHighSurrogate(text.charAt(LIMIT_CHARS - 1)) ? LIMIT_CHARS - 1 : LIMIT_CHARS;
    return text.substring(0, end) + "…";
  }
}

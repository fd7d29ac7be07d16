package dev.codexlsp.core.tool;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A shell command that is nothing but a patch: some models write `apply_patch <<'EOF'` where there
/// is a tool for it. Pure.
///
/// @param directory where it wants to be applied; null for the directory of the command
/// @param patch the text of the patch
record PatchCommand(@Nullable String directory, String patch) {
  private static final Pattern HERE_DOCUMENT =
      Pattern.compile(
          "\\s*(?:cd\\s+(?<dir>'[^'\\n]*'|\"[^\"$`\\\\\\n]*\"|[A-Za-z0-9_@%+=:,./-]+)\\s*&&\\s*)?"
              + "(?:apply_patch|applypatch)\\s*<<-?\\s*(?<quote>['\"]?)(?<end>[A-Za-z_]\\w*)\\k<quote>["
              + " \\t]*\\n(?<patch>.*?)\\n\\k<end>\\s*",
          Pattern.DOTALL);

  /// Null when the command is anything else.
  static @Nullable PatchCommand in(String script) {
    Matcher matcher = HERE_DOCUMENT.matcher(script);
    if (!matcher.matches()) {
      return null;
    }
    String directory = matcher.group("dir");
    return new PatchCommand(
        directory == null ? null : unquoted(directory), matcher.group("patch") + "\n");
  }

  private static String unquoted(String word) {
    boolean isQuoted = word.startsWith("'") || word.startsWith("\"");
    return isQuoted ? word.substring(1, word.length() - 1) : word;
  }
}

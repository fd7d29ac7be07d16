package dev.codexlsp.core.patch;

/// What became of reading a patch.
public sealed interface ParseResult {

  record Parsed(Patch patch) implements ParseResult {}

  /// The text is not a patch.
  ///
  /// @param line counted from 1 in the patch without its wrapper; 0 if it is about the whole
  record Malformed(int line, String reason) implements ParseResult {

    /// The reason with its place, for the model.
    public String message() {
      return line == 0
          ? "invalid patch: " + reason
          : "invalid hunk at line " + line + ", " + reason;
    }
  }
}

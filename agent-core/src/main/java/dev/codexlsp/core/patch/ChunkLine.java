package dev.codexlsp.core.patch;

/// One line of a chunk, without its sign.
public record ChunkLine(Kind kind, String text) {

  /// What is to become of the line.
  public enum Kind {
    /// It is there and stays as the file has it.
    CONTEXT,
    REMOVED,
    ADDED
  }

  boolean isOld() {
    return kind != Kind.ADDED;
  }

  boolean isNew() {
    return kind != Kind.REMOVED;
  }
}

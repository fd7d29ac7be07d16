package dev.codexlsp.exec.sandbox;

/// The ways in which Linux confines a command, the best one first. Which of them a machine has is
/// found out once; a command is never run on a lower one because a higher one has failed for it.
public enum Rung {
  /// Name spaces and mounts made by bubblewrap, and a filter of system calls.
  BUBBLEWRAP,

  /// Rules of the kernel for files, and a stricter filter; only for who writes nothing.
  LANDLOCK;

  /// For messages and labels.
  public String word() {
    return switch (this) {
      case BUBBLEWRAP -> "bubblewrap";
      case LANDLOCK -> "landlock";
    };
  }
}

package dev.codexlsp.core.thread;

import java.nio.file.Path;
import java.util.List;

/// What an automatic review is about.
public sealed interface ReviewedAction {

  record Command(Source source, String command, Path cwd) implements ReviewedAction {}

  record ApplyPatch(Path cwd, List<Path> files) implements ReviewedAction {
    public ApplyPatch {
      files = List.copyOf(files);
    }
  }

  /// What runs a command.
  enum Source {
    UNIFIED_EXEC
  }
}

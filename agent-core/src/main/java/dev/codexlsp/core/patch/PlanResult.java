package dev.codexlsp.core.patch;

import java.util.List;

/// What became of holding a patch against the files.
public sealed interface PlanResult {

  /// Every change, by path; no path is named twice, neither as a file nor as the target of a move.
  record Planned(List<FileChange> changes) implements PlanResult {
    public Planned {
      changes = List.copyOf(changes);
    }
  }

  /// The patch does not fit, so none of it may happen.
  ///
  /// @param reason for the model: the path, what was looked for, and what comes nearest to it
  record Refused(String reason) implements PlanResult {}
}

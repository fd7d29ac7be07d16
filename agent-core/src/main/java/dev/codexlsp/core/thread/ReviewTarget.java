package dev.codexlsp.core.thread;

import org.jspecify.annotations.Nullable;

/// Which changes a review looks at.
public sealed interface ReviewTarget {

  /// Those of the working tree, staged or not, new files included.
  record UncommittedChanges() implements ReviewTarget {}

  /// What has been done since a branch was left.
  record BaseBranch(String branch) implements ReviewTarget {}

  /// One commit.
  ///
  /// @param title its first line, for the user
  record Commit(String sha, @Nullable String title) implements ReviewTarget {}

  /// What the user says.
  record Custom(String instructions) implements ReviewTarget {}
}

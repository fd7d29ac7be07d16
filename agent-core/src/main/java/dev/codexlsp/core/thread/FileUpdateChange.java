package dev.codexlsp.core.thread;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// What happens to one file.
///
/// @param diff the whole text of a new or deleted file, else a unified diff without a file header
public record FileUpdateChange(Path path, PatchChangeKind kind, String diff) {

  public sealed interface PatchChangeKind {

    record Add() implements PatchChangeKind {}

    record Delete() implements PatchChangeKind {}

    /// A file that stays.
    ///
    /// @param movePath where the file goes; null when it stays
    record Update(@Nullable Path movePath) implements PatchChangeKind {}
  }
}

package dev.codexlsp.core.patch;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// What a patch does to one file, all of it known. Paths are absolute.
public sealed interface FileChange {
  Path path();

  /// How the change is shown: the whole text of a new or a deleted file, else a unified diff
  /// without a file header.
  String diff();

  /// A file that is new, or takes the place of another one.
  ///
  /// @param replaced the text of the file that was there, if one was that could be read
  record Added(Path path, @Nullable String replaced, String content) implements FileChange {
    @Override
    public String diff() {
      return content;
    }
  }

  /// A file that is gone.
  record Deleted(Path path, String content) implements FileChange {
    @Override
    public String diff() {
      return content;
    }
  }

  /// A file that stays, perhaps under another name.
  ///
  /// @param move where the file goes, if it moves
  record Updated(Path path, @Nullable Move move, String before, String after)
      implements FileChange {
    private static final int CONTEXT_LINES = 1;

    @Override
    public String diff() {
      String hunks = UnifiedDiff.between(before, after, CONTEXT_LINES);
      return move == null ? hunks : hunks + "\n\nMoved to: " + move.target();
    }
  }

  /// The new place of a file.
  ///
  /// @param replaced the text of the file that was at the target, if one was that could be read
  record Move(Path target, @Nullable String replaced) {}
}

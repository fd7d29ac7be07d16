package dev.codexlsp.core.tool;

import dev.codexlsp.core.patch.FileChange;
import java.nio.file.Path;
import java.util.List;

/// What a patch has done, for the model. Pure.
final class PatchSummary {
  private PatchSummary() {}

  /// New files first, deleted ones last; a file that moved is named by its new place.
  ///
  /// @param directory what paths are shown relative to
  static String of(List<FileChange> changes, Path directory) {
    StringBuilder added = new StringBuilder();
    StringBuilder modified = new StringBuilder();
    StringBuilder deleted = new StringBuilder();
    for (FileChange change : changes) {
      switch (change) {
        case FileChange.Added _ -> line(added, 'A', change.path(), directory);
        case FileChange.Deleted _ -> line(deleted, 'D', change.path(), directory);
        case FileChange.Updated updated ->
            line(
                modified,
                'M',
                updated.move() == null ? updated.path() : updated.move().target(),
                directory);
      }
    }
    return "Success. Updated the following files:\n" + added + modified + deleted;
  }

  private static void line(StringBuilder text, char letter, Path path, Path directory) {
    Path shown = path.startsWith(directory) ? directory.relativize(path) : path;
    text.append(letter).append(' ').append(shown).append('\n');
  }
}

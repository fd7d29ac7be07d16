package dev.codexlsp.core.patch;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A patch that has been read, not yet held against any file.
///
/// @param environment where it applies, if the patch names an environment
/// @param operations in the order of the text; none is possible
public record Patch(@Nullable String environment, List<FileOperation> operations) {
  public Patch {
    operations = List.copyOf(operations);
  }

  /// What the model is told when all of it has been done: added, modified and deleted files, each
  /// with its letter. A file that was touched twice is named twice.
  public String summary() {
    StringBuilder added = new StringBuilder();
    StringBuilder modified = new StringBuilder();
    StringBuilder deleted = new StringBuilder();
    for (FileOperation operation : operations) {
      switch (operation) {
        case FileOperation.Add add -> line(added, 'A', add.path());
        case FileOperation.Delete delete -> line(deleted, 'D', delete.path());
        case FileOperation.Update update ->
            line(modified, 'M', update.moveTo() == null ? update.path() : update.moveTo());
      }
    }
    return "Success. Updated the following files:\n" + added + modified + deleted;
  }

  private static void line(StringBuilder lines, char letter, String path) {
    lines.append(letter).append(' ').append(path).append('\n');
  }
}

package dev.codexlsp.core.tool;

import dev.codexlsp.core.patch.FileChange;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// The text that a model gets about a patch that has been applied. Pure.
final class PatchAnswer {
  private PatchAnswer() {}

  /// What has been done, new files first and deleted ones last.
  ///
  /// @param directory what paths are shown relative to
  static String summary(List<FileChange> changes, Path directory) {
    StringBuilder text = new StringBuilder("Success. Updated the following files:\n");
    for (String letter : List.of("A", "M", "D")) {
      paths(changes, letter)
          .forEach(path ->
              text.append(letter).append(' ').append(shown(path, directory)).append('\n'));
    }
    return text.toString();
  }

  private static Stream<Path> paths(List<FileChange> changes, String letter) {
    return changes.stream()
        .<Path>mapMulti((change, each) -> {
          switch (change) {
            case FileChange.Added added -> offer(letter.equals("A"), added.path(), each);
            case FileChange.Deleted deleted -> offer(letter.equals("D"), deleted.path(), each);
            case FileChange.Updated updated ->
                offer(
                    letter.equals("M"),
                    updated.move() == null ? updated.path() : updated.move().target(),
                    each);
          }
        });
  }

  private static void offer(
      boolean isWanted, Path path, Consumer<Path> each) {
    if (isWanted) {
      each.accept(path);
    }
  }

  private static String shown(Path path, Path directory) {
    return (path.startsWith(directory) ? directory.relativize(path) : path).toString();
  }

  /// As the tool itself answers.
  static String whole(String summary, long nanos) {
    return String.format(
        Locale.ROOT, "Exit code: 0%nWall time: %.1f seconds%nOutput:%n%s", nanos / 1e9, summary);
  }

  /// As a command answers that turned out to be a patch.
  static String asCommand(String summary, long nanos) {
    return String.format(
        Locale.ROOT, "Wall time: %.4f seconds%nOutput:%n%s", nanos / 1e9, summary);
  }
}

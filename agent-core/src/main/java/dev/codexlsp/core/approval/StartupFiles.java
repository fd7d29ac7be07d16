package dev.codexlsp.core.approval;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;

/// Files that an editor or a shell runs when it next looks at their folder: whoever writes one of
/// them decides what runs later, outside of every sandbox. Pure.
public final class StartupFiles {
  private static final Set<String> NAMES =
      Set.of(".vscode", ".idea", ".envrc", ".nvim.lua", ".exrc", ".nvimrc", ".dir-locals.el");

  private StartupFiles() {}

  /// Whether the path is one, or lies in a folder that is. File systems may not tell capitals from
  /// small letters.
  public static boolean holds(Path path) {
    for (Path name : path) {
      if (NAMES.contains(name.toString().toLowerCase(Locale.ROOT))) {
        return true;
      }
    }
    return false;
  }
}

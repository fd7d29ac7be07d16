package dev.codexlsp.core.skill;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Looks for `SKILL.md` files below a root. Hidden folders are passed over, links to folders are
/// followed once. Confined to one search.
final class SkillWalk {
  static final String FILE = "SKILL.md";

  /// Of folders below one root.
  private static final int MAX_FOLDERS = 2_000;

  private final Set<Path> seen = new HashSet<>();
  private final List<Path> found = new ArrayList<>();

  private SkillWalk() {}

  /// The files, sorted by their paths.
  static List<Path> below(SkillRoot root) {
    SkillWalk walk = new SkillWalk();
    walk.visit(root.folder(), root.depth());
    walk.found.sort(null);
    return walk.found;
  }

  private void visit(Path folder, int depth) {
    if (seen.size() >= MAX_FOLDERS || !isNew(folder)) {
      return;
    }
    List<Path> folders = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
      for (Path entry : entries) {
        String name = String.valueOf(entry.getFileName());
        if (name.equals(FILE) && Files.isRegularFile(entry)) {
          found.add(entry);
        } else if (depth > 0 && !name.startsWith(".") && Files.isDirectory(entry)) {
          folders.add(entry);
        }
      }
    } catch (IOException | DirectoryIteratorException unreadable) {
      // Nobody has put a skill there for us.
      return;
    }
    folders.sort(null);
    folders.forEach(inner -> visit(inner, depth - 1));
  }

  private boolean isNew(Path folder) {
    try {
      return seen.add(folder.toRealPath());
    } catch (IOException missing) {
      return false;
    }
  }
}

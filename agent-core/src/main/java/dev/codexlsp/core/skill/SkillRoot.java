package dev.codexlsp.core.skill;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A folder below which skills are looked for.
///
/// @param depth how many folders deep
record SkillRoot(Path folder, Skill.Scope scope, int depth) {
  /// As in the original.
  private static final int DEPTH = 6;

  private static final Path ADMIN = Path.of("/etc/codex/skills");

  /// The homes that have skills.
  record Homes(Path codexHome, Path userHome) {}

  /// All that count for a folder of this machine, in the order of their scopes.
  ///
  /// @param cwd null for no project
  /// @param markers what makes a folder the root of a project
  /// @param further those of a client
  static List<SkillRoot> of(
      @Nullable Path cwd, Homes homes, List<String> markers, List<Path> further) {
    List<SkillRoot> roots = new ArrayList<>();
    if (cwd != null) {
      for (Path folder : folders(cwd, markers)) {
        roots.add(new SkillRoot(folder.resolve(".agents/skills"), Skill.Scope.REPO, DEPTH));
        roots.add(new SkillRoot(folder.resolve(".codex/skills"), Skill.Scope.REPO, DEPTH));
      }
    }
    Path own = homes.codexHome().resolve("skills");
    roots.removeIf(root -> root.folder().equals(own));
    roots.add(new SkillRoot(own, Skill.Scope.USER, DEPTH));
    roots.add(new SkillRoot(homes.userHome().resolve(".agents/skills"), Skill.Scope.USER, DEPTH));
    further.forEach(root -> roots.add(new SkillRoot(root, Skill.Scope.USER, DEPTH)));
    roots.add(new SkillRoot(own.resolve(".system"), Skill.Scope.SYSTEM, DEPTH));
    roots.add(new SkillRoot(ADMIN, Skill.Scope.ADMIN, DEPTH));
    return roots;
  }

  /// From the root of the project down; without a root only the folder itself.
  private static List<Path> folders(Path cwd, List<String> markers) {
    List<Path> folders = new ArrayList<>();
    for (Path folder = cwd; folder != null; folder = folder.getParent()) {
      folders.addFirst(folder);
      Path here = folder;
      if (markers.stream().anyMatch(marker -> Files.exists(here.resolve(marker)))) {
        return folders;
      }
    }
    return List.of(cwd);
  }
}

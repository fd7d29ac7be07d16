package dev.codexlsp.exec.local;

import dev.codexlsp.exec.sandbox.GitConfig;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What of one repository decides what its user's git runs: the `.git` itself, the folders that it
/// leads to when it is a file, those that hooks are run from, and configuration that is included
/// from elsewhere. For one use.
///
/// Programs that are named by other settings are not looked for.
final class GitFolders {
  private static final int MOST_BYTES = 1024 * 1024;
  private static final int DEEPEST_INCLUDE = 4;
  private static final String POINTER = "gitdir:";

  private final @Nullable Path home;
  private final Path folder;
  private final Set<Path> found = new LinkedHashSet<>();

  /// @param home of the user
  /// @param folder that has a `.git`, or is the inside of a repository
  GitFolders(@Nullable Path home, Path folder) {
    this.home = home;
    this.folder = folder;
  }

  Set<Path> find() {
    Path git = folder.resolve(".git");
    if (Files.isDirectory(git, LinkOption.NOFOLLOW_LINKS)) {
      inside(git);
    } else if (Files.isRegularFile(git, LinkOption.NOFOLLOW_LINKS)) {
      found.add(git);
      String text = text(git).strip();
      if (text.startsWith(POINTER)) {
        insideIfThere(folder, text.substring(POINTER.length()).strip());
      }
    } else if (Files.exists(git, LinkOption.NOFOLLOW_LINKS)) {
      // A link: whoever plans the mounts refuses it.
      found.add(git);
    } else {
      inside(folder);
    }
    if (home != null) {
      config(home.resolve(".gitconfig"), 0);
    }
    return found;
  }

  private void insideIfThere(Path base, String name) {
    @Nullable Path real = real(base, name);
    if (real != null && Files.isDirectory(real)) {
      inside(real);
    }
  }

  private void inside(Path git) {
    if (!found.add(git)) {
      return;
    }
    Path common = git.resolve("commondir");
    if (Files.isRegularFile(common)) {
      insideIfThere(git, text(common).strip());
    }
    // Each may be a link out of the protected folder.
    for (String name : List.of("hooks", "config", "config.worktree")) {
      addReal(git, name);
    }
    config(git.resolve("config"), 0);
    config(git.resolve("config.worktree"), 0);
  }

  private void config(Path file, int depth) {
    if (depth == DEEPEST_INCLUDE || !Files.isRegularFile(file)) {
      return;
    }
    GitConfig config = GitConfig.parse(text(file));
    config.hookFolders().forEach(name -> addReal(folder, name));
    for (String name : config.includes()) {
      @Nullable Path included = real(file.resolveSibling("."), name);
      if (included != null && found.add(included)) {
        config(included, depth + 1);
      }
    }
  }

  /// What is not there yet is told, too: somebody could make it.
  private void addReal(Path base, String name) {
    @Nullable Path real = real(base, name);
    if (real != null && !folder.startsWith(real)) {
      found.add(real);
    }
  }

  /// Null for a name that is none.
  private @Nullable Path real(Path base, String name) {
    try {
      Path named =
          home != null && name.startsWith("~/") ? home.resolve(name.substring(2)) : Path.of(name);
      return RealPaths.of(base.resolve(named));
    } catch (InvalidPathException _) {
      return null;
    }
  }

  /// Empty when it cannot be read.
  private static String text(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      return new String(in.readNBytes(MOST_BYTES), StandardCharsets.UTF_8);
    } catch (IOException _) {
      return "";
    }
  }
}

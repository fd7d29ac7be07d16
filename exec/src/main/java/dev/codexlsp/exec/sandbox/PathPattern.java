package dev.codexlsp.exec.sandbox;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// How a rule names the paths that it is about, itself and all below.
public sealed interface PathPattern {

  /// Everything.
  record Root() implements PathPattern {}

  /// What programs need of the system to run at all.
  record Minimal() implements PathPattern {}

  /// Each workspace root, or something in it.
  ///
  /// @param subpath relative; null for the root itself
  record ProjectRoots(@Nullable Path subpath) implements PathPattern {
    public ProjectRoots {
      if (subpath != null && !isBelow(subpath)) {
        throw new IllegalArgumentException("not a path below a project root: " + subpath);
      }
    }

    private static boolean isBelow(Path path) {
      return !path.isAbsolute() && path.equals(path.normalize()) && !path.startsWith("..");
    }
  }

  record SlashTmp() implements PathPattern {}

  /// The folder that the command's `TMPDIR` names, if it names one.
  record Tmpdir() implements PathPattern {}

  /// One path.
  ///
  /// @param path absolute
  record Literal(Path path) implements PathPattern {
    public Literal {
      if (!path.isAbsolute()) {
        throw new IllegalArgumentException("not an absolute path: " + path);
      }
    }
  }

  /// Only to deny. `*` and `?` stay within a name, `**` spans folders; a pattern that is not
  /// absolute counts from each workspace root.
  record Glob(String pattern) implements PathPattern {}
}
